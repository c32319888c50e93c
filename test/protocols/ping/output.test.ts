import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readPing } from '../../../nodes/protocols/ping/output.ts';
import { Problem } from '../../../nodes/shared/problem.ts';

const iputils = `PING 10.0.0.1 (10.0.0.1) 56(84) bytes of data.
64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.368 ms
64 bytes from 10.0.0.1: icmp_seq=3 ttl=64 time=1.05 ms
64 bytes from 10.0.0.1: icmp_seq=2 ttl=64 time=12 ms
64 bytes from 10.0.0.1: icmp_seq=2 ttl=64 time=13 ms (DUP!)

--- 10.0.0.1 ping statistics ---
4 packets transmitted, 3 received, +1 duplicates, 25% packet loss, time 609ms
rtt min/avg/max/mdev = 0.368/6.604/13.000/5.920 ms
`;

const busybox = `PING 10.0.0.1 (10.0.0.1): 56 data bytes
64 bytes from 10.0.0.1: seq=0 ttl=64 time=0.059 ms
64 bytes from 10.0.0.1: seq=1 ttl=64 time=0.108 ms

--- 10.0.0.1 ping statistics ---
2 packets transmitted, 2 packets received, 0% packet loss
round-trip min/avg/max = 0.059/0.083/0.108 ms
`;

const mac = `PING6(56=40+8+8 bytes) ::1 --> ::1
16 bytes from ::1, icmp_seq=0 hlim=64 time=0.077 ms
Request timeout for icmp_seq 1

--- ::1 ping6 statistics ---
2 packets transmitted, 1 packets received, 50.0% packet loss
round-trip min/avg/max/std-dev = 0.077/0.077/0.077/0.000 ms
`;

const windows = `
Ping wird ausgeführt für 10.0.0.1 mit 32 Bytes Daten:
Antwort von 10.0.0.1: Bytes=32 Zeit<1ms TTL=64
Antwort von 10.0.0.1: Bytes=32 Zeit=3ms TTL=64
Zeitüberschreitung der Anforderung.
Antwort von 10.0.0.9: Zielhost nicht erreichbar.

Ping-Statistik für 10.0.0.1:
    Pakete: Gesendet = 4, Empfangen = 2, Verloren = 2
    (50% Verlust),
Ca. Zeitangaben in Millisek.:
    Minimum = 1ms, Maximum = 3ms, Mittelwert = 2ms
`;

/** A text as it comes from ping: its bytes in a code page, each as a character. */
const inCodePage = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const utf8 = (text: string) => inCodePage(Buffer.from(text));

// [name, head, reply, unreachable, totals]
const languages = [
  [
    'English',
    'Pinging core-1 [192.0.2.1] with 32 bytes of data:',
    'Reply from 192.0.2.1: bytes=32 time=13ms TTL=64',
    'Reply from 192.0.2.9: Destination host unreachable.',
    'Packets: Sent = 4, Received = 4, Lost = 0 (0% loss),',
  ],
  [
    'French',
    "Envoi d'une requête 'Ping'  core-1 [192.0.2.1] avec 32 octets de données :",
    'Réponse de 192.0.2.1 : octets=32 temps=13 ms TTL=64',
    'Réponse de 192.0.2.9 : Impossible de joindre l’hôte de destination.',
    'Paquets : envoyés = 4, reçus = 4, perdus = 0 (perte 0%),',
  ],
  [
    'Italian',
    'Esecuzione di Ping core-1 [192.0.2.1] con 32 byte di dati:',
    'Risposta da 192.0.2.1: byte=32 durata=13ms TTL=64',
    'Risposta da 192.0.2.9: Host di destinazione non raggiungibile.',
    'Pacchetti: Trasmessi = 4, Ricevuti = 4,\r\n    Persi = 0 (0% persi),',
  ],
  [
    'Polish',
    'Badanie core-1 [192.0.2.1] z 32 bajtami danych:',
    'Odpowiedź z 192.0.2.1: bajtów=32 czas=13ms TTL=64',
    'Odpowiedź z 192.0.2.9: Host docelowy jest nieosiągalny.',
    'Pakiety: Wysłane = 4, Odebrane = 4, Utracone = 0\r\n             (0% straty),',
  ],
  [
    'Turkish',
    'core-1 [192.0.2.1] 32 bayt veri ile ping ediliyor:',
    '192.0.2.1 cevabı: bayt=32 süre=13ms TTL=64',
    '192.0.2.9 cevabı: Hedef ana bilgisayara ulaşılamıyor.',
    'Paket: Giden = 4, Gelen = 4, Kaybolan = 0 (%0 kayıp),',
  ],
  [
    'Russian',
    'Обмен пакетами с core-1 [192.0.2.1] с 32 байтами данных:',
    'Ответ от 192.0.2.1: число байт=32 время=13мс TTL=64',
    'Ответ от 192.0.2.9: Заданный узел недоступен.',
    'Пакетов: отправлено = 4, получено = 4, потеряно = 0\r\n    (0% потерь)',
  ],
  [
    'Chinese',
    '正在 Ping core-1 [192.0.2.1] 具有 32 字节的数据:',
    '来自 192.0.2.1 的回复: 字节=32 时间=13ms TTL=64',
    '来自 192.0.2.9 的回复: 无法访问目标主机。',
    '数据包: 已发送 = 4，已接收 = 4，丢失 = 0 (0% 丢失)，',
  ],
  [
    'Japanese',
    'core-1 [192.0.2.1]に ping を送信しています 32 バイトのデータ:',
    '192.0.2.1 からの応答: バイト数 =32 時間 =13ms TTL=64',
    '192.0.2.9 からの応答: 宛先ホストに到達できません。',
    'パケット数: 送信 = 4、受信 = 4、損失 = 0 (0% の損失)、',
  ],
  [
    'Greek',
    'Γίνεται Ping στο core-1 [192.0.2.1] με 32 bytes δεδομένων:',
    'Απάντηση από: 192.0.2.1: bytes=32 χρόνος=13ms TTL=64',
    'Απάντηση από: 192.0.2.9: Δεν είναι δυνατή η πρόσβαση στον κεντρικό υπολογιστή προορισμού.',
    'Πακέτα: Απεσταλμένα = 4, Ληφθέντα = 4, Απολεσθέντα = 0 (απώλεια 0%),',
  ],
] as const;

// The Chinese totals in GBK, as a console writes them.
const gbkTotals = Buffer.from(
  'cafdbeddb0fc3a20d2d1b7a2cbcd203d2034a3acd2d1bdd3cad5203d2034a3acb6aacaa7203d2030202830252' +
    '0b6aacaa729a3ac',
  'hex',
);

const read = (out: string, errors = '') => readPing({ out, errors }, 'core-1');

describe('readPing', () => {
  for (const [name, out, expected] of [
    ['iputils', iputils, { sent: 4, received: 3, times: [0.368, 12, 1.05] }],
    ['BusyBox', busybox, { sent: 2, received: 2, times: [0.059, 0.108] }],
    ['macOS', mac, { sent: 2, received: 1, times: [0.077] }],
    ['Windows', windows.replace('\n    (50', ' (50'), { sent: 4, received: 2, times: [1, 3] }],
    ['Windows over two lines', windows, { sent: 4, received: 2, times: [1, 3] }],
    [
      'a device that is not there',
      '\n--- 10.0.0.1 ping statistics ---\n5 packets transmitted, 0 received, 100% packet loss, time 812ms\n\n',
      { sent: 5, received: 0, times: [] },
    ],
    [
      'unreachable replies',
      'From 10.0.0.9 icmp_seq=1 Destination Host Unreachable\n\n--- x ping statistics ---\n2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 200ms\n',
      { sent: 2, received: 0, times: [] },
    ],
  ] as const) {
    it(`reads ${name}`, () => assert.deepEqual(read(out), expected));
  }

  for (const [language, head, reply, unreachable, counts] of languages) {
    const printed = (lines: string[], end = `\r\nX:\r\n    ${counts}\r\n`) =>
      utf8(`\r\n${head}\r\n${lines.join('\r\n')}\r\n${end}`);

    it(`counts the replies of Windows in ${language}`, () => {
      assert.deepEqual(read(printed([reply, reply, reply, reply])), {
        sent: 4,
        received: 4,
        times: [13, 13, 13, 13],
      });
    });

    it(`takes what a router reports for a loss, in ${language}`, () => {
      assert.deepEqual(read(printed([unreachable, reply, unreachable, unreachable])), {
        sent: 4,
        received: 1,
        times: [13],
      });
      assert.equal(read(printed(Array.from({ length: 4 }, () => unreachable))).received, 0);
    });

    it(`counts what there is where Windows was stopped, in ${language}`, () => {
      assert.deepEqual(read(printed([reply, unreachable, reply], '')), {
        sent: 3,
        received: 2,
        times: [13, 13],
      });
      assert.deepEqual(read(printed([], '')), { sent: 1, received: 0, times: [] });
    });
  }

  it('reads Windows in a code page of two bytes a character', () => {
    const text = `\r\nPing 192.0.2.1 32 :\r\n192.0.2.1: =32 <1ms TTL=64\r\n\r\n    ${inCodePage(gbkTotals)}\r\n`;
    assert.deepEqual(read(text), { sent: 4, received: 1, times: [1] });
  });

  it('reads Windows on IPv6, which has no TTL', () => {
    const text = [
      'Pinging fe80::1%4 with 32 bytes of data:',
      'Reply from fe80::1%4: time<1ms',
      'Reply from fe80::1%4: time=7ms',
      'Destination host unreachable.',
      'Request timed out.',
      'Ping statistics for fe80::1%4:',
      '    Packets: Sent = 4, Received = 3, Lost = 1 (25% loss),',
      'Approximate round trip times in milli-seconds:',
      '    Minimum = 0ms, Maximum = 7ms, Average = 3ms',
    ].join('\r\n');
    assert.deepEqual(read(text), { sent: 4, received: 2, times: [1, 7] });
  });

  it('counts no more replies than requests', () => {
    assert.deepEqual(read('2 packets transmitted, 3 packets received, 0% packet loss\n'), {
      sent: 2,
      received: 2,
      times: [],
    });
    const lines = [
      'Pinging core-1 [192.0.2.1] with 32 bytes of data:',
      ...Array.from({ length: 3 }, () => 'Reply from 192.0.2.1: bytes=32 time=13ms TTL=64'),
      '    Packets: Sent = 2, Received = 3, Lost = 0 (0% loss),',
    ];
    assert.deepEqual(read(lines.join('\r\n')), { sent: 2, received: 2, times: [13, 13] });
  });

  it('reads times with a comma', () => {
    const reply = '64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0,368 ms\n';
    assert.deepEqual(
      read(`${reply}1 packets transmitted, 1 received, 0% packet loss\n`).times,
      [0.368],
    );
  });

  it('finds the head of Windows in its second line too, and takes no reply for it', () => {
    const reply = 'Reply from 192.0.2.1: bytes=32 time=13ms TTL=64';
    const head = ['Pinging core-1 [192.0.2.1]', 'with 32 bytes of data:'];
    assert.deepEqual(read([...head, reply, reply].join('\r\n')), {
      sent: 2,
      received: 2,
      times: [13, 13],
    });
    assert.throws(() => read(`Reply from 192.0.2.1: 32 bytes, time=13ms TTL=64\r\n${reply}`), {
      key: 'pingFailed',
    });
  });

  it('takes no address for a name that was not found', () => {
    const out = 'PING: transmit to 10.0.0.1 failed. General failure.';
    assert.throws(() => readPing({ out, errors: '' }, '10.0.0.1'), { key: 'pingFailed' });
  });

  it('knows a name that Windows does not find, in any language', () => {
    const german = 'Ping-Anforderung konnte Host "core-1" nicht finden. Überprüfen Sie den Namen.';
    for (const text of [german, `Ping 请求找不到主机 core-1。请检查该名称，然后重试。`]) {
      assert.throws(() => read(utf8(text)), { message: 'the name core-1 was not found' });
    }
    assert.throws(
      () => readPing({ out: 'PING: transmit failed. General failure.', errors: '' }, '10.0.0.1'),
      {
        message: 'ping failed (PING: transmit failed. General failure.)',
      },
    );
  });

  for (const [errors, message] of [
    ['ping: core-1: Name or service not known\n', 'the name core-1 was not found'],
    ["ping: bad address 'core-1'\n", 'the name core-1 was not found'],
    [
      'ping: core-1: Temporary failure in name resolution',
      'the device cannot be reached (EAI_AGAIN)',
    ],
    [
      'ping: connect: Network is unreachable',
      'the device cannot be reached (Network is unreachable)',
    ],
    [
      'ping: socket: Operation not permitted\nmore',
      'ping failed (ping: socket: Operation not permitted)',
    ],
    ['', 'ping failed (no output)'],
  ] as const) {
    it(`says why it could not work: ${message}`, () => {
      assert.throws(() => read('', errors), { name: 'Problem', message });
    });
  }

  it('takes any text, and throws nothing but problems', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('64 bytes', 'time=', '1 packets transmitted, 1 received', ' ms', '= 1, x= ('),
      fc.integer().map(String),
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('', ' ', '\n'), (parts, separator) => {
        try {
          const { sent, received, times } = read(parts.join(separator), parts.join(' '));
          return received <= sent && times.every((time) => time >= 0);
        } catch (error) {
          return error instanceof Problem;
        }
      }),
    );
  });

  it('is quick on hostile text', () => {
    for (const text of ['= 1, a'.repeat(50_000), '=1'.repeat(100_000), 'ping: '.repeat(50_000)]) {
      assert.throws(() => read(text, text), Problem);
    }
  });
});
