// Written by .ci/unicode/generate.py from Unicode 15.0.0.
// swift-format-ignore-file

extension StaticTable {
  /// The borders of the set of code points that are not sure to be in NFC wherever they stand.
  static let nfcBorders = StaticTable(width: 4, """
    --B---CE--CF--Ck--Co--Cp--Cy--Cz--D6--D7--H2--H7--LG--Ly--Lz--M---M0--M2--M3--M5--M6--M7--NF--NQ--OA--OV--Ok--Ol\
    --QL--QS--QU--Q_--Qb--Qd--Qe--Qi--RG--RH--Rk--SA--Uf--Uo--Ux--Uy--VL--VP--VQ--VZ--V_--Vc--Vd--Vi--WO--WR--XN--XV\
    --Y9--YX--YY--Z---Zw--Zx--_C--_D--_G--_K--_N--_V--aw--ax--ay--az--bC--bD--bM--bN--bR--bT--bU--bV--by--bz--cn--co\
    --cq--cr--cw--cx--dC--dD--dO--dR--dT--dU--ew--ex--fC--fD--gw--gx--gy--gz--hC--hD--hL--hN--hR--hT--iy--iz--jC--jD\
    --jM--jN--kw--kx--lC--lD--lK--lM--mw--mx--n1--n2--nC--nD--nK--nM--ov--ox--oy--oz--pC--pD--pM--pN--r9--rA--rE--rF\
    --rU--rV--ss--sv--t7--tB--us--uv--v7--vB--wN--wP--wp--wq--wr--ws--wt--wu--x2--x3--xC--xD--xH--xI--xM--xN--xR--xS\
    --xd--xe--xl--xr--xs--xt--xu--xy--y---y4--y5--y7--yI--yJ--yS--yT--yX--yY--yb--yc--yg--yh--yt--yu--z5--z6-0-i-0-j\
    -0-r-0-s-0-t-0-v-01C-01D-04W-04q-05c-062-0CS-0CV-0RJ-0RL-0Ro-0Rp-0UH-0UI-0US-0UT-0Xd-0Xe-0Zt-0Zw-0cM-0cO-0dV-0dW\
    -0dp-0dx-0dz-0e--0ek-0ey-0ez-0fE-0go-0gq-0h3-0h4-0hf-0ho-0ie-0ig-0ja-0jb-0jm-0jo-0kr-0ks-0nF-0nI-0nJ-0nW-0nX-0nd\
    -0nh-0ni-0no-0np-0ns-0nu-0r--0s--0xl-0xm-0xn-0xo-0xp-0xq-0xr-0xs-0xt-0xu-0xv-0xw-0xx-0xy-0yv-0yw-0yy-0yz-0z8-0z9\
    -0zA-0zB-0zI-0zJ-0zQ-0zR-0zY-0zZ-0zf-0zg-0zi-0zk-0zt-0zu-0zv-0zw-0zx-0zy-1---1-1-12F-12S-12W-12X-12_-12l-13a-13b\
    -13e-13g-1Bd-1Bf-1fR-1fS-1nj-1nm-1pz-1q--1rV-1s--2-e-2-k-21O-21Q-9Oj-9Ok-9Oo-9Oy-9PT-9PV-9Qk-9Qm-9V5-9V6-9Vg-9Vh\
    -9Y3-9Y4-9YV-9Ym-9Zf-9Zi-9_I-9_J-9an-9ao-9b--9b0-9ek-9el-9em-9ep-9er-9et-9ey-9f--9f0-9f1-9fq-9fr-9jh-9ji-EZ--EcD\
    -EcF-EcG-EcH-EcI-EcK-EcU-EcV-EcW-EcX-EcY-Ec_-Ecb-Ece-Edi-Edk-EfP-EgS-EgV-Ege-Egr-Egs-Egx-Egy-Egz-Eh--Eh1-Eh2-Eh4\
    -Eh5-EhE-EsV-Esk-F6x-F6y-FAV-FAW-FCq-FCv-FcC-FcD-FcE-FcF-Fcs-Fcv-Fcz-Fd--Ff_-Ffb-FoZ-Foc-Fuf-Fuh-Fvx-Fw--Fx5-FxG\
    -Fy1-Fy5-G05-G06-G0k-G0l-G0z-G1--G1t-G1v-G3--G32-G3b-G3c-G3n-G3p-G4n-G4o-G6--G60-G69-G6A-G7p-G7r-GAd-GAf-GBv-GBx\
    -GBy-GBz-GCC-GCD-GCM-GCN-GCa-GCh-GCk-GCp-GG1-GG2-GG5-GG6-GGT-GGU-GHk-GHl-GHu-GHv-GHx-GHy-GI1-GI3-GLj-GLk-GLz-GM0\
    -GNz-GO--GPq-GPs-GRf-GRg-GVt-GVv-GZk-GZl-GZx-GZz-G_2-G_3-GbV-GbW-Gco-Gcp-Gd6-Gd7-GeO-GeP-Gkz-Gl--Gp1-Gp2-Gp3-Gp5\
    -GqM-GqN-Gx0-Gx2-Lfk-Lfp-Lgk-Lgr-Lzk-Lzm-QmT-QmU-S4T-S4e-S4h-S4n-S4v-S52-S54-S5B-S5e-S5i-S5v-S60-S81-S84-T---T-6\
    -T-7-T-O-T-Q-T-X-T-Y-T-_-T-a-T-f-T1E-T1F-T3k-T3r-T9i-T9j-TAg-TAk-TIg-TIk-TYF-TYM-T_3-T_A-jV--jcT
    """)
}
