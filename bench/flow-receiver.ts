// A flow collector's thread in a process of its own, so that its CPU can be told: with the port as its argument. It tells its
// parent how many flows it has.
import { parseNetwork } from '../nodes/shared/flows/address.ts';
import { FlowThread } from '../nodes/shared/flows/thread.ts';

const port = Number(process.argv[2]);

const thread = new FlowThread({
  settings: {
    ...{ host: '127.0.0.1', ports: [port], exporters: [], acceptAll: true },
    ...{ interval: 60_000, delay: 60_000, top: 10, direction: 'both', talker: 'inside' },
    subjects: ['protocol', 'application', 'talker', 'conversation'],
    ...{ countPeers: true, inside: [parseNetwork('10.0.0.0/8')!], names: [], askNames: false },
    ...{ privacy: 'full', key: '00', leasesFile: '', placesFile: '' },
  },
  kept: [],
  hear: (message) => {
    if (message.type !== 'status') return;
    process.send!(message.status.exporters.reduce((sum, { flows }) => sum + flows, 0));
  },
  ended: (problem) => {
    throw problem;
  },
});
process.on('disconnect', () => void thread.close());
