// The package as it is installed, and its nodes in a real Node-RED: what to run for each system, Node and
// Node-RED. NODE_RED_NODE is the path of the Node, NODE_RED_RELEASE is "current" or "oldest".
import { mocha, perform, run } from './steps.ts';

const tests = [
  'test/package/install.test.ts',
  'test/runtime/nodes.test.ts',
  'test/runtime/devices.test.ts',
  'test/runtime/main-job.test.ts',
  'test/runtime/permission.test.ts',
];

perform([
  ['Build', () => run('node', 'scripts/build.ts')],
  ['Tests in Node-RED', () => mocha(...tests)],
]);
