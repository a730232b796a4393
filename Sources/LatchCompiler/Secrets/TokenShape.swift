/// A credential that can be told by its beginning: whose it is, how it begins, what it is made of, and how long the
/// rest is at least.
struct TokenShape: Sendable {
  enum Alphabet: Sendable {
    case alphanumeric, word, hexadecimal, upper

    func contains(_ byte: UInt8) -> Bool {
      switch (self, byte) {
      case (_, 0x30...0x39): true
      case (.hexadecimal, 0x61...0x66), (.upper, 0x41...0x5A): true
      case (.alphanumeric, 0x41...0x5A), (.alphanumeric, 0x61...0x7A): true
      case (.word, 0x41...0x5A), (.word, 0x61...0x7A), (.word, 0x5F), (.word, 0x2D), (.word, 0x2E): true
      default: false
      }
    }
  }

  var kind: SecretKind
  var prefix: String
  var alphabet: Alphabet
  var length: Int
}

extension TokenShape {
  /// Longer beginnings stand before the shorter ones that they begin with.
  static let all: [TokenShape] =
    family("a GitHub token", ["github_pat_"], .word, 40)
    + family("a GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], .alphanumeric, 30)
    + family("a GitLab token", ["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "gloas-", "glsoat-"], .word, 20)
    + family("an AWS access key", ["AKIA", "ASIA"], .upper, 16)
    + family("a Google API key", ["AIza"], .word, 35)
    + family("a Google OAuth credential", ["ya29.", "GOCSPX-"], .word, 20)
    + family("a Slack token", ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-", "xoxe.", "xapp-"], .word, 20)
    + family("a Stripe key", ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_"], .alphanumeric, 16)
    + family("an Anthropic key", ["sk-ant-"], .word, 20)
    + family("an OpenRouter key", ["sk-or-v1-"], .hexadecimal, 32)
    + family("an OpenAI key", ["sk-proj-", "sk-svcacct-", "sk-admin-"], .word, 20)
    + family("an API key", ["sk-"], .alphanumeric, 32)
    + family("an npm token", ["npm_"], .alphanumeric, 30)
    + family("a PyPI token", ["pypi-"], .word, 40)
    + family("a Hugging Face token", ["hf_"], .alphanumeric, 30)
    + family("a DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"], .hexadecimal, 32)
    + family("a SendGrid key", ["SG."], .word, 40)
    + family("a Twilio key", ["SK"], .hexadecimal, 32)
    + family("a Mailgun key", ["key-"], .hexadecimal, 32)
    + family("a Shopify token", ["shpat_", "shpss_", "shpca_", "shppa_"], .hexadecimal, 32)
    + family("a Linear key", ["lin_api_", "lin_oauth_"], .alphanumeric, 20)
    + family("a Notion token", ["ntn_", "secret_"], .alphanumeric, 40)
    + family("a Figma token", ["figd_"], .word, 20)
    + family("a Supabase token", ["sbp_"], .hexadecimal, 40)
    + family("a Vault token", ["hvs.", "hvb."], .word, 20)
    + family("a Databricks token", ["dapi"], .hexadecimal, 32)
    + family("a Docker Hub token", ["dckr_pat_"], .word, 20)
    + family("an Atlassian token", ["ATATT3", "ATCTT3"], .word, 40)
    + family("a Grafana token", ["glsa_", "glc_"], .word, 30)
    + family("a New Relic key", ["NRAK-", "NRJS-"], .alphanumeric, 19)
    + family("a Sentry token", ["sntrys_", "sntryu_"], .word, 40)
    + family("a Postman key", ["PMAK-"], .word, 40)
    + family("an API key", ["gsk_", "xai-", "pplx-", "r8_", "tvly-", "ctx7sk-"], .word, 24)
    + family("a Firecrawl key", ["fc-"], .hexadecimal, 32)
    + family("an age private key", ["AGE-SECRET-KEY-1"], .upper, 40)
    + family("a Doppler token", ["dp.pt.", "dp.st.", "dp.sa."], .word, 30)

  private static func family(
    _ description: String, _ prefixes: [String], _ alphabet: Alphabet, _ length: Int
  ) -> [TokenShape] {
    prefixes.map { TokenShape(kind: SecretKind(description), prefix: $0, alphabet: alphabet, length: length) }
  }

  /// Whether a token of the shape stands somewhere in a text, not within a word.
  func stands(in text: [UInt8]) -> Bool {
    let beginning = Array(prefix.utf8)
    var index = 0
    while index + beginning.count + length <= text.count {
      defer { index += 1 }
      guard text[index...].starts(with: beginning), index == 0 || !isWord(text[index - 1]) else { continue }
      let body = text[(index + beginning.count)...].prefix { alphabet.contains($0) }
      if body.count >= length, !isPlaceholder(Array(body)) { return true }
    }
    return false
  }

  private func isWord(_ byte: UInt8) -> Bool { Alphabet.alphanumeric.contains(byte) || byte == 0x5F }
}
