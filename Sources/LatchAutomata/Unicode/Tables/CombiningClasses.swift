// Written by .ci/unicode/generate.py from Unicode 15.0.0.
// swift-format-ignore-file

extension StaticTable {
  /// Where a run of one canonical combining class begins, and the class.
  static let combiningClasses = StaticTable(width: 6, """
    --------B-2a--BK2c--BL2R--BP2c--BQ2N--BR2R--BW29--BY2R--Bb29--Bd2R--Bo-0--Bt2R--Bx2a--C42k--C52a--C62R--C92a--CC\
    2R--CE----CF2a--CI2R--CM2a--CN2c--CO2R--CQ2a--CR2d--CS2e--CU2d--CV2e--CX2d--CY2a--Ck----H22a--H7----LG2R--LH2a--\
    LL2R--LM2a--LP2T--LQ2R--LR2a--LX2R--Lc2a--Le2R--Lf2a--Lh2T--Li2Z--Lj2a--Lk-9--Ll-A--Lm-B--Ln-C--Lo-D--Lp-E--Lq-F\
    --Lr-G--Ls-H--Lt-I--Lv-J--Lw-K--Lx-L--Ly----Lz-M--M-----M0-N--M1-O--M2----M32a--M42R--M5----M6-H--M7----NF2a--NN\
    -T--NO-U--NP-V--NQ----OA-Q--OB-R--OC-S--OD-T--OE-U--OF-V--OG-W--OH-X--OI2a--OK2R--OM2a--OR2R--OS2a--OU2R--OV----\
    Ok-Y--Ol----QL2a--QS----QU2a--QY2R--QZ2a--Q_----Qb2a--Qd----Qe2R--Qf2a--Qh2R--Qi----RG-Z--RH----Rk2a--Rl2R--Rm2a\
    --Ro2R--Rp2a--Rr2R--Ru2a--Rv2R--Rx2a--Ry2R--Rz2a--S12R--S22a--S32R--S42a--S52R--S62a--S72R--S82a--SA----Uf2a--Um\
    2R--Un2a--Uo----Ux2R--Uy----VL2a--VP----VQ2a--VZ----V_2a--Vc----Vd2a--Vi----WO2R--WR----XN2a--XO2R--XR2a--XV----\
    Y92a--YE2R--YJ2a--YX----YY2R--YZ2a--Ya2R--Yb2a--Yd2R--Ye2a--Yh2R--Yk-Q--Yl-R--Ym-S--Yn2a--Yq2R--Yr2a--Yt2R--Yv2a\
    --Z-----Zw-6--Zx----_C-8--_D----_G2a--_H2R--_I2a--_K----aw-6--ax----bC-8--bD----by2a--bz----cw-6--cx----dC-8--dD\
    ----ew-6--ex----fC-8--fD----gw-6--gx----hC-8--hD----jC-8--jD----kw-6--kx----lC-8--lD----lK0J--lL0Q--lM----mw-6--\
    mx----nC-8--nD----ov-8--ox----pC-8--pD----r9-8--rA----ss0b--su-8--sv----t70f--tB----us0q--uu-8--uv----v70u--vB--\
    --wN2R--wP----wp2R--wq----wr2R--ws----wt2N--wu----xl10--xm11--xn----xo13--xp----xu11--xy----y-11--y0----y12a--y3\
    -8--y4----y52a--y7----z52R--z6---0-r-6-0-s---0-t-8-0-v---01C2R-01D---0CS2a-0CV---0RJ-8-0RL---0Ro-8-0Rp---0UH-8-0\
    UI---0US2a-0UT---0Xd2Z-0Xe---0Zt2T-0Zu2a-0Zv2R-0Zw---0cM2a-0cN2R-0cO---0dV-8-0dW---0dp2a-0dx---0dz2R-0e----0ek2a\
    -0ep2R-0ev2a-0ex2R-0ey---0ez2R-0f02a-0f22R-0f42a-0f92R-0fA2a-0fE---0go-6-0gp---0h3-8-0h4---0hf2a-0hg2R-0hh2a-0ho\
    ---0ie-8-0ig---0ja-6-0jb---0jm-8-0jo---0kr-6-0ks---0nF2a-0nI---0nJ-0-0nK2R-0nP2a-0nR2R-0nV2a-0nW---0nX-0-0nd---0\
    nh2R-0ni---0no2a-0np---0ns2a-0nu---0r-2a-0r12R-0r22a-0r92R-0rA2a-0rC2e-0rD2L-0rE2R-0rF29-0rG2a-0rq2c-0rr2Z-0rt2R\
    -0ru2P-0rv2a-0rw2d-0rx2R-0ry2a-0rz2R-0s----12F2a-12H-0-12J2a-12N-0-12Q2a-12S---12W2a-12X---12_-0-12b2a-12c2R-12d\
    2a-12e-0-12g2R-12k2a-12l---1nj2a-1nm---1pz-8-1q----1rV2a-1s----2-e2P-2-f2Z-2-g2c-2-h2T-2-i2V-2-k---21O-7-21Q---9\
    Oj2a-9Ok---9Oo2a-9Oy---9PT2a-9PV---9Qk2a-9Qm---9V5-8-9V6---9Vg-8-9Vh---9Y3-8-9Y4---9YV2a-9Ym---9Zf2R-9Zi---9_I-8\
    -9_J---9an-6-9ao---9b--8-9b0---9ek2a-9el---9em2a-9eo2R-9ep---9er2a-9et---9ey2a-9f----9f02a-9f1---9fq-8-9fr---9jh\
    -8-9ji---EgT-P-EgU---EsV2a-Esb2R-Esi2a-Esk---F6x2R-F6y---FAV2R-FAW---FCq2a-FCv---FcC2R-FcD---FcE2a-FcF---Fcs2a-F\
    ct-0-Fcu2R-Fcv---Fcz-8-Fd----Ff_2a-Ffa2R-Ffb---FoZ2a-Foc---Fuf2a-Fuh---Fvx2R-Fw----Fx52R-Fx72a-FxA2R-FxB2a-FxC2R\
    -FxG---Fy12a-Fy22R-Fy32a-Fy42R-Fy5---G05-8-G06---G0k-8-G0l---G0z-8-G1----G1t-8-G1u-6-G1v---G3-2a-G32---G3n-8-G3p\
    ---G4n-6-G4o---G6--8-G60---G69-6-G6A---G7p-8-G7q-6-G7r---GAd-6-GAe-8-GAf---GBv-6-GBx---GCC-8-GCD---GCa2a-GCh---G\
    Ck2a-GCp---GG1-8-GG2---GG5-6-GG6---GGT2a-GGU---GI1-8-GI2-6-GI3---GLz-8-GM--6-GM0---GNz-8-GO----GPq-8-GPr-6-GPs--\
    -GRf-8-GRg---GVt-8-GVu-6-GVv---GZx-8-GZz---G_2-6-G_3---GbV-8-GbW---Gco-8-Gcp---Gd6-8-Gd7---GeO-8-GeP---Gkz-8-Gl-\
    ---Gp1-6-Gp2---Gp3-8-Gp5---GqM-8-GqN---Gx0-8-Gx2---Lfk-0-Lfp---Lgk2a-Lgr---Lzk-5-Lzm---QmT-0-QmU---S4_2N-S4b-0-S\
    4e---S4h2X-S4i2N-S4n---S4v2R-S52---S542a-S592R-S5B---S5e2a-S5i---S812a-S84---T--2a-T-6---T-72a-T-O---T-Q2a-T-X--\
    -T-Y2a-T-_---T-a2a-T-f---T1E2a-T1F---T3k2a-T3r---T9i2a-T9j---TAg2a-TAk---TIg2c-TIi2R-TIj2a-TIk---TYF2R-TYM---T_3\
    2a-T_9-6-T_A--
    """)
}
