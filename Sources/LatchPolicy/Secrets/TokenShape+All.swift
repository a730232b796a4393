extension TokenShape {
  /// Longer beginnings stand before the shorter ones that they begin with.
  static let all: [TokenShape] = forges + clouds + models + messengers + payments + tools

  private static let forges: [TokenShape] =
    family("a GitHub token", ["github_pat_"], .word, 40)
    + family("a GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], .alphanumeric, 30)
    + family(
      "a GitLab token",
      ["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glagent-", "glimt-", "gloas-", "glsoat-"], .word, 20)
    + family("an npm token", ["npm_"], .alphanumeric, 30)
    + family("a PyPI token", ["pypi-"], .word, 40)
    + family("a RubyGems key", ["rubygems_"], .hexadecimal, 40)
    + family("a Docker Hub token", ["dckr_pat_", "dckr_oat_"], .word, 20)
    + family("an Atlassian token", ["ATATT3", "ATCTT3"], .word, 40)
    + family("a Bitbucket token", ["BBDC-"], .base64, 30)
    + family("a Sourcegraph token", ["sgp_"], .word, 40)
    + family("an Artifactory key", ["AKCp"], .alphanumeric, 60)

  private static let clouds: [TokenShape] =
    family("an AWS access key", ["AKIA", "ASIA", "ABIA"], .upper, 16)
    + family("an AWS Bedrock key", ["ABSK"], .base64, 100)
    + family("a Google API key", ["AIza"], .word, 35)
    + family("a Google OAuth credential", ["ya29.", "GOCSPX-", "1//0"], .word, 20)
    + family("a key in a connection string", ["AccountKey=", "SharedAccessKey="], .base64, 20)
    + family("a signature that opens Azure storage", ["sig="], .base64, 40)
    + family("a DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"], .hexadecimal, 32)
    + family("a Databricks token", ["dapi"], .hexadecimal, 32)
    + family("a Supabase token", ["sbp_"], .hexadecimal, 40)
    + family("a Supabase key", ["sb_secret_"], .word, 20)
    + family("a Netlify token", ["nfp_"], .alphanumeric, 36)
    + family("a Fly token", ["FlyV1 fm"], .base64, 40)
    + family("a Heroku token", ["HRKU-"], .word, 30)
    + family("a Pulumi token", ["pul-"], .hexadecimal, 40)
    + family("a Terraform token", ["atlasv1."], .word, 60)
    + family("a Tailscale key", ["tskey-"], .word, 20)
    + family("a PlanetScale token", ["pscale_tkn_", "pscale_pw_", "pscale_oauth_"], .word, 30)

  private static let models: [TokenShape] =
    family("an Anthropic key", ["sk-ant-"], .word, 20)
    + family("an OpenRouter key", ["sk-or-v1-"], .hexadecimal, 32)
    + family("an OpenAI key", ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-"], .word, 20)
    + family("a Langfuse key", ["sk-lf-"], .word, 30)
    + family("an API key", ["sk-"], .alphanumeric, 32)
    + family("a LangSmith key", ["lsv2_pt_", "lsv2_sk_"], .word, 32)
    + family("a Hugging Face token", ["hf_", "api_org_"], .alphanumeric, 30)
    + family("an API key", ["gsk_", "xai-", "pplx-", "r8_", "fw_"], .alphanumeric, 20)
    + family("an API key", ["tvly-", "ctx7sk-", "nvapi-"], .word, 24)
    + family("a Firecrawl key", ["fc-"], .hexadecimal, 32)

  private static let messengers: [TokenShape] =
    family("a Slack token", ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxc-", "xoxd-"], .base64, 20)
    + family("a Slack token", ["xoxe-", "xoxe.", "xapp-"], .word, 20)
    + family("a webhook's secret address", ["hooks.slack.com/", "hooks.zapier.com/hooks/"], .path, 20)
    + family(
      "a webhook's secret address", ["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"], .path, 20)
    + family("a webhook's secret address", ["webhook.office.com/webhookb2/"], .path, 40)
    + family("a SendGrid key", ["SG."], .word, 40)
    + family("a Twilio key", ["SK"], .hexadecimal, 32)
    + family("a Mailgun key", ["key-"], .hexadecimal, 32)
    + family("a Mailchimp key", ["md-"], .alphanumeric, 22)
    + family("a Brevo key", ["xkeysib-"], .word, 60)

  private static let payments: [TokenShape] =
    family("a Stripe key", ["sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_"], .alphanumeric, 16)
    + family("a Square token", ["sq0atp-", "sq0csp-", "sq0idp-"], .word, 20)
    + family("a Shopify token", ["shpat_", "shpss_", "shpca_", "shppa_"], .hexadecimal, 32)
    + family("a PayPal token", ["access_token$production$"], .word, 20)
    + family("an ElevenLabs key", ["sk_"], .hexadecimal, 40)

  private static let tools: [TokenShape] =
    family("a Linear key", ["lin_api_", "lin_oauth_"], .alphanumeric, 20)
    + family("a Notion token", ["ntn_", "secret_"], .alphanumeric, 40)
    + family("a Figma token", ["figd_", "figu_"], .word, 20)
    + family("a Vault token", ["hvs.", "hvb."], .word, 20)
    + family("a 1Password token", ["ops_eyJ"], .word, 60)
    + family("an age private key", ["AGE-SECRET-KEY-1"], .upper, 40)
    + family("a Doppler token", ["dp.pt.", "dp.st.", "dp.sa.", "dp.ct."], .word, 30)
    + family("a Grafana token", ["glsa_", "glc_"], .word, 30)
    + family("a New Relic key", ["NRAK-", "NRJS-"], .alphanumeric, 19)
    + family("a Sentry token", ["sntrys_", "sntryu_"], .word, 40)
    + family("a Postman key", ["PMAK-"], .word, 40)
    + family("a PostHog key", ["phx_"], .alphanumeric, 40)
    + family("a Dynatrace token", ["dt0c01."], .word, 60)
    + family("a Contentful token", ["CFPAT-"], .word, 40)
    + family("a Mapbox token", ["sk.eyJ"], .word, 60)

  private static func family(
    _ description: String, _ beginnings: [String], _ alphabet: Alphabet, _ length: Int
  ) -> [TokenShape] {
    beginnings.map {
      TokenShape(kind: SecretKind(description), beginning: Array($0.utf8), alphabet: alphabet, length: length)
    }
  }
}
