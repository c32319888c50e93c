// A mail server to be killed: it keeps each mail as a line of JSON in a file before it says that it took it.
// Arguments: the port on 127.0.0.1, the file.

import { appendFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const [port, file] = process.argv.slice(2) as [string, string];
const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, _session, done) {
    simpleParser(stream).then(({ messageId, text }) => {
      appendFileSync(file, `${JSON.stringify({ messageId, text })}\n`);
      done(null, 'kept');
    }, done);
  },
});
server.on('error', () => {});
server.listen(Number(port), '127.0.0.1', () => console.log('listening'));
