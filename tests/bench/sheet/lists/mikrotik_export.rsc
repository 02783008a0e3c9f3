# 2026-10-30 10:00:00 by RouterOS 7.15
/ip dhcp-server lease
add address=10.7.0.71 client-id=1:0:4:13:3d:2b:73 comment="Carla Stein" mac-address=00:04:13:3d:2B:73 server=dhcp1
add address=10.7.0.72 comment=Foyer mac-address=00:15:65:3d:00:74 server=dhcp1
