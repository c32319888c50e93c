// Services by their ports: those that are met in networks, by the name that people know them by, after IANA's "Service Name
// and Transport Protocol Port Number Registry" and what programs use. Without a letter for TCP and UDP, `t` for TCP only, `u`
// for UDP only.
const table =
  '7 echo,9 discard,13 daytime,19 chargen,20t ftp-data,21t ftp,22t ssh,23t telnet,25t smtp,37 time,43t whois,49 tacacs,53 dns,' +
  '67u dhcp,68u dhcp,69u tftp,70t gopher,79t finger,80t http,80u http,88 kerberos,102t iso-tsap,104t dicom,110t pop3,111 sunrpc,' +
  '113t ident,119t nntp,123u ntp,135t msrpc,137u netbios-ns,138u netbios-dgm,139t netbios-ssn,143t imap,161 snmp,162 snmp-trap,' +
  '177u xdmcp,179t bgp,194t irc,319u ptp,320u ptp,389 ldap,427 slp,443t https,443u quic,445t smb,445u smb,464 kpasswd,465t smtps,' +
  '500u ike,502t modbus,512t rexec,513t rlogin,514t rsh,514u syslog,515t printer,520u rip,521u ripng,546u dhcpv6,547u dhcpv6,' +
  '548t afp,554 rtsp,563t nntps,587t submission,601t syslog,623u ipmi,631 ipp,636t ldaps,646 ldp,655 tinc,749t kerberos-adm,' +
  '802t modbus-tls,830t netconf,853t dns-tls,853u dns-quic,860t iscsi,873t rsync,902 vmware,989t ftps-data,990t ftps,992t telnets,' +
  '993t imaps,994t ircs,995t pop3s,1080t socks,1194 openvpn,1352t lotus-notes,1433t mssql,1434u mssql,1494t citrix,1521t oracle,' +
  '1645u radius,1646u radius-acct,1649 kermit,1688t kms,1701u l2tp,1719u h323,1720t h323,1723t pptp,1812u radius,1813u radius-acct,' +
  '1883t mqtt,1900u ssdp,1935t rtmp,1967u ip-sla,2000t sccp,2049 nfs,2055u netflow,2082t cpanel,2083t radsec,2123u gtp-c,2152u gtp-u,' +
  '2181t zookeeper,2222t ssh-alt,2375t docker,2376t docker,2377t docker-swarm,2379t etcd,2380t etcd,2404t iec-104,2598t citrix,' +
  '3074 xbox-live,3128t proxy,3205t isns,3260t iscsi,3268t globalcat,3269t globalcats,3289u escp,3306t mysql,3389 rdp,3478 stun,' +
  '3479 stun,3480 stun,3481 stun,3493 nut,3544u teredo,3632t distcc,3659 apple-sasl,3690t svn,3702u ws-discovery,3784u bfd,3785u bfd,' +
  '3799u radius-dae,3868t diameter,4172 pcoip,4190t sieve,4369t epmd,4433t https-alt,4444t krb524,4460t nts,4500u ipsec-nat,' +
  '4569u iax,4739 ipfix,4786t smart-install,4789u vxlan,4791u roce,4840t opc-ua,4899t radmin,5000t upnp,5001 iperf,5004u rtp,5005u rtcp,' +
  '5037t adb,5060 sip,5061t sips,5201 iperf,5222t xmpp,5223t apns,5228t google-push,5246u capwap,5247u capwap,5269t xmpp-server,' +
  '5349 stuns,5351u nat-pmp,5353u mdns,5355u llmnr,5357t wsd,5432t postgresql,5514 syslog,5555t adb,5601t kibana,5631t pcanywhere,' +
  '5666t nrpe,5667t nsca,5671t amqps,5672t amqp,5683u coap,5684u coaps,5900t vnc,5901t vnc,5938 teamviewer,5984t couchdb,5985t winrm,' +
  '5986t winrm,6000t x11,6001t x11,6081u geneve,6343u sflow,6379t redis,6443t kubernetes,6463t discord,6514t syslog-tls,' +
  '6568 anydesk,6633t openflow,6653t openflow,6667t irc,6697t ircs,6881 bittorrent,6882 bittorrent,6883 bittorrent,6884 bittorrent,' +
  '6885 bittorrent,6886 bittorrent,6887 bittorrent,6888 bittorrent,6889 bittorrent,7000t afs,7001u afs,7070t anydesk,7547t cwmp,' +
  '7680t windows-update,8000t http-alt,8005t tomcat,8006t proxmox,8008t http-alt,8009t chromecast,8080t http-alt,8081t http-alt,' +
  '8086t influxdb,8089t splunk,8123t home-assistant,8140t puppet,8200t vault,8291t winbox,8333t bitcoin,8443t https-alt,8472u vxlan,' +
  '8500t consul,8530t wsus,8531t wsus,8728t mikrotik-api,8729t mikrotik-api,8801u zoom,8802u zoom,8883t mqtts,8884t mqtts,' +
  '8888t http-alt,9000t http-alt,9001t tor,9030t tor,9042t cassandra,9090t prometheus,9091t pushgateway,9092t kafka,9093t alertmanager,' +
  '9100t jetdirect,9101t bacula,9102t bacula,9103t bacula,9200t elasticsearch,9300t elasticsearch,9389t adws,9418t git,9443t https-alt,' +
  '9993u zerotier,9995u netflow,9996u netflow,10000t webmin,10001u unifi-discovery,10050t zabbix-agent,10051t zabbix-trapper,' +
  '11211 memcached,15672t rabbitmq,16384u facetime,16393u facetime,19302u google-meet,19305 google-meet,19999t netdata,20000 dnp3,' +
  '22000 syncthing,25565t minecraft,27015 steam,27017t mongodb,27036 steam,32400t plex,33434u traceroute,34962u profinet,' +
  '34964u profinet,41641u tailscale,44818 ethernet-ip,47808u bacnet,50000t sap,51413 bittorrent,51820u wireguard,1880t node-red';

const [tcp, udp] = [6, 17];

/** The names by {@link portKey}. */
export const serviceNames: ReadonlyMap<number, string> = readTable();

/** A port of a protocol as one number. */
export function portKey(protocol: number, port: number): number {
  return protocol * 65536 + port;
}

function readTable(): Map<number, string> {
  const names = new Map<number, string>();
  for (const entry of table.split(',')) {
    const [, port, only, name] = /^(\d+)([tu]?) (.+)$/.exec(entry)!;
    if (only !== 'u') names.set(portKey(tcp, Number(port)), name!);
    if (only !== 't') names.set(portKey(udp, Number(port)), name!);
  }
  return names;
}
