// Mocha's spec reporter with the closing line that CI reads. CommonJS, because Mocha loads reporters
// with require().
const { reporters } = require('mocha');

/** Under CI a skipped test is a failure: every peer is installed there. */
class Closing extends reporters.Spec {
  done(failures, finish) {
    const { passes, failures: failed, pending } = this.stats;
    console.log(`${passes} passed, ${failed} failed, ${pending} skipped`);
    const forbidden = process.env.CI === 'true' ? pending : 0;
    if (forbidden > 0) console.log('No test may be skipped under CI.');
    finish(failures + forbidden);
  }
}

module.exports = Closing;
