// Written by .ci/unicode/generate.py from Unicode 15.0.0.
// swift-format-ignore-file

extension StaticTable {
  /// Where a run of one joining type begins, and its number.
  static let joiningTypes = StaticTable(width: 5, """
    -------1h4--1i---B-4--Ck---H24--H9---LG4--Ly---Lz4--M----M04--M2---M34--M5---M64--M7---NF4--NQ---NR4--NS---NV1--\
    NW---NX3--Na1--Nb3--Nc1--Nd3--Ne1--Nj3--Nn1--O-0--O01--O73--O81--OA4--OV---Oi1--Ok4--Ol3--Oo---Op3--Os1--P73--PP\
    1--Q-3--Q01--Q23--QB1--QC3--QD1--QE3--QF1--QH3--QJ---QK3--QL4--QS---QU4--Q_---Qb4--Qd---Qe4--Qi3--Qk---Qu1--Qx--\
    -Qz1--R----RE4--RF3--RG4--RH1--RK3--RP1--RT3--RU1--Rc3--Rd1--Re3--Rf1--Rg3--Rh1--Rj3--Rk4--SA---SC3--SD1--SO3--S\
    R1--Sf3--Sh1--Sl3--Sm1--Sn3--Sp1--Ss3--Su1--T----Ta4--Tl---U91--Uf4--Uo---Uu0--Uv---Ux4--Uy---VL4--VP---VQ4--VZ-\
    --V_4--Vc---Vd4--Vi---W-3--W01--W53--W71--W83--W91--WJ3--WK1--WL3--WO4--WR---WV1--WW---WX1--Wa---Wb3--Wc1--Wd3--\
    Wf---Wk3--X20--X51--X6---X81--XD3--XE---XN4--XV1--Xe3--Xh---Xi3--Xj1--Xl3--Xn1--Xt3--Xu1--Y8---Y94--YX---YY4--Z2\
    ---Zu4--Zv---Zw4--Zx---_04--_8---_C4--_D---_G4--_N---_X4--_Z---a04--a1---aw4--ax---b04--b4---bC4--bD---bX4--bZ--\
    -by4--bz---c04--c2---cw4--cx---d04--d2---d64--d8---dA4--dD---dG4--dH---dk4--dm---dp4--dq---e04--e2---ew4--ex---f\
    04--f5---f64--f8---fC4--fD---fX4--fZ---fu4--g----g04--g1---gw4--gx---gz4--h----h04--h4---hC4--hD---hK4--hM---hX4\
    --hZ---i14--i2---j-4--j0---jC4--jD---k-4--k0---k34--k4---kw4--kx---ky4--l0---l54--l8---l94--lD---lK4--lM---lX4--\
    lZ---m04--m1---mw4--mx---mz4--n----n54--n6---nB4--nD---nX4--nZ---o-4--o1---ov4--ox---p04--p4---pC4--pD---pX4--pZ\
    ---q04--q1---r94--rA---rH4--rK---rL4--rM---sl4--sm---so4--sv---t64--tE---ul4--um---uo4--ux---v74--vE---wN4--wP--\
    -wp4--wq---wr4--ws---wt4--wu---xl4--xz---y-4--y4---y54--y7---yC4--yN---yO4--yx---z54--z6--0-h4-0-l--0-m4-0-s--0-\
    t4-0-v--0-x4-0-z--00N4-00P--00T4-00W--00l4-00p--0114-012--0144-016--01C4-01D--01S4-01T--0CS4-0CV--0RH4-0RK--0Rm4\
    -0Ro--0SH4-0SJ--0Sm4-0So--0To4-0Tq--0Tr4-0Ty--0U54-0U6--0U84-0UJ--0US4-0UT--0V61-0V7--0V90-0VA4-0VD--0VE4-0VF--0\
    VV1-0Wt--0X44-0X61-0Xd4-0Xe1-0Xf--0ZV4-0ZY--0Zb4-0Zd--0Zm4-0Zn--0Zt4-0Zw--0cM4-0cO--0cQ4-0cR--0dL4-0dM--0dN4-0dU\
    --0dV4-0dW--0dX4-0dY--0d_4-0dh--0dn4-0dx--0dz4-0e---0ek4-0fE--0g-4-0g3--0go4-0gp--0gq4-0gv--0gw4-0gx--0h14-0h2--\
    0hf4-0ho--0i-4-0i1--0iX4-0ia--0ic4-0ie--0if4-0ii--0ja4-0jb--0jc4-0je--0jh4-0ji--0jj4-0jm--0kg4-0ko--0kq4-0ks--0n\
    F4-0nI--0nJ4-0nW--0nX4-0nd--0nh4-0ni--0no4-0np--0ns4-0nu--0r-4-0s---1-A4-1-B--1-C0-1-D4-1-F--1-e4-1-j--10V4-10_-\
    -10e4-10k--12F4-12l--1nj4-1nm--1pz4-1q---1rV4-1s---2-e4-2-i--21O4-21Q--9Oj4-9On--9Oo4-9Oy--9PT4-9PV--9Qk4-9Qm--9\
    V14-9V2--9V54-9V6--9VA4-9VB--9V_4-9Vb--9Vg4-9Vh--9W-1-9Wm2-9Wn--9Y34-9Y5--9YV4-9Ym--9Yz4-9Z---9Za4-9Zi--9_64-9_H\
    --9a-4-9a2--9an4-9ao--9aq4-9au--9aw4-9ay--9b_4-9ba--9cd4-9cj--9cl4-9cn--9cp4-9cr--9d24-9d3--9dB4-9dC--9dw4-9dx--\
    9ek4-9el--9em4-9ep--9er4-9et--9ey4-9f---9f04-9f1--9fg4-9fi--9fq4-9fr--9j_4-9ja--9jc4-9jd--9jh4-9ji--EgT4-EgU--Es\
    -4-EsF--EsV4-Esk--Evz4-Ew---Ezt4-Ezw--F6x4-F6y--FAV4-FAW--FCq4-FCv--Fc04-Fc3--Fc44-Fc6--FcB4-FcF--Fcs4-Fcv--Fcz4\
    -Fd---Ff-1-Ff43-Ff5--Ff63-Ff7--Ff83-FfA--FfC2-FfD3-FfI1-FfM2-FfN1-FfS3-FfT1-FfW3-FfX--FfZ3-Ff_4-Ffb--Fff1-Ffj3-F\
    fk--Fi-1-Fi03-Fi11-Fi23-Fi51-Fi83-Fi91-FiB3-FiC1-FiD3-FiF1-FiG3-FiH--Fid3-Fih1-Fij--Fo-2-Fo01-FoX3-FoY1-FoZ4-Foc\
    --Fuf4-Fuh--Fvx4-Fw---Fwk1-Fwn3-Fwo1-Fx4--Fx54-FxG1-FxJ3-FxK--Fxk1-Fxo3-Fxq1-Fy14-Fy5--Fyk1-Fyl--Fym1-Fyo3-Fyr--\
    Fys1-Fyt3-Fyv1-Fyx3-Fyy1-Fz---Fz01-Fz13-Fz31-Fz4--Fz83-Fz91-FzA2-FzB--G-04-G-1--G-s4-G06--G0k4-G0l--G0n4-G0p--G0\
    z4-G11--G1n4-G1r--G1t4-G1v--G214-G22--G3-4-G32--G3b4-G3g--G3h4-G3p--G4n4-G4o--G5-4-G51--G5q4-G5z--G684-G6C--G6E4\
    -G6F--G7j4-G7m--G7o4-G7p--G7q4-G7s--G7y4-G7z--G804-G81--GAU4-GAV--GAY4-GAf--GB-4-GB1--GBv4-GBx--GC-4-GC0--GCa4-G\
    Ch--GCk4-GCp--GFs4-GG---GG14-GG4--GG54-GG6--GGT4-GGU--GHn4-GHt--GHu4-GHv--GHz4-GI0--GI14-GI3--GLm4-GLq--GLw4-GLy\
    --GLz4-GM0--GMR4-GMT--GNn4-GNv--GNx4-GNy--GNz4-GO0--GPf4-GPg--GPh4-GPi--GPk4-GPq--GPr4-GPs--GRS4-GRV--GRX4-GRa--\
    GRb4-GRg--GVj4-GVs--GVt4-GVv--GZv4-GZx--GZy4-GZz--G_24-G_3--GbJ4-GbN--GbP4-GbR--GbV4-GbW--Gc04-GcA--Gcn4-Gct--Gc\
    v4-Gcz--Gd64-Gd7--GdG4-GdM--GdO4-GdR--Ge94-GeM--GeN4-GeP--Gkk4-Gkr--Gks4-Gky--Gkz4-Gl---GmH4-Gmc--Gme4-Gml--Gmm4\
    -Gmo--Gmp4-Gmr--Gol4-Gor--Gou4-Gov--Gow4-Goy--Goz4-Gp5--Gp64-Gp7--GqF4-GqH--GqK4-GqL--GqM4-GqN--Gvn4-Gvp--Gw-4-G\
    w1--Gwq4-Gwv--Gx-4-Gx0--Gx14-Gx2--IFk4-IG0--IG64-IGL--Lfk4-Lfp--Lgk4-Lgr--LxE4-LxF--LyE4-LyI--LzZ4-Lz_--QmS4-QmU\
    --QmV4-QmZ--Rw-4-Rwi--Rwk4-Rx6--S4b4-S4e--S4n4-S52--S544-S5B--S5e4-S5i--S814-S84--Sc-4-Scr--Scv4-Sdh--Sdp4-Sdq--\
    Se34-Se4--SeQ4-SeV--SeW4-Sek--T--4-T-6--T-74-T-O--T-Q4-T-X--T-Y4-T-_--T-a4-T-f--T1E4-T1F--T3k4-T3r--T9i4-T9j--TA\
    g4-TAk--TIg4-TIk--TYF4-TYM--TZ-1-T_34-T_B-2V-042V-1-2V-V42V1--2V3-42V6k-
    """)
}
