import assert from 'node:assert/strict';
import { expandRows } from '../../scripts/dialog-rows.ts';

const words = {
  label: { port: 'Port', kind: 'Kind', seconds: 'seconds', verify: 'Verify', rules: 'Rules' },
  placeholder: { port: 'usual', free: 'any' },
  hint: { port: 'where it listens' },
  kind: { line: 'Line', bar: 'Bars' },
};

/** The rows on one line each, without the indentation. */
const expand = (html: string, isConfig = false) =>
  expandRows(html, { node: 'x', isConfig, words }).replace(/\n */g, '');

describe('a row of a dialog', () => {
  it('has the words of its name in the catalogue', () => {
    assert.equal(
      expand('<netmon-row name="port" icon="plug" />'),
      '<div class="form-row">' +
        '<label for="node-input-port"><i class="fa fa-plug"></i> <span data-i18n="x.label.port"></span></label>' +
        '<input type="text" id="node-input-port" data-i18n="[placeholder]x.placeholder.port" />' +
        '<div class="netmon-hint netmon-beside" data-i18n="x.hint.port"></div>' +
        '</div>',
    );
  });

  it('takes other words, and leaves out those that are not wanted', () => {
    assert.equal(
      expand(
        '<netmon-row name="port" kind="integer" placeholder="" hint="" after="label.seconds" width="70px" />',
        true,
      ),
      '<div class="form-row">' +
        '<label for="node-config-input-port" data-i18n="x.label.port"></label>' +
        '<input type="text" inputmode="numeric" id="node-config-input-port" style="width: 70px" />' +
        '<span data-i18n="x.label.seconds"></span>' +
        '</div>',
    );
  });

  it('offers a choice by the catalogue, or by words that are the same everywhere', () => {
    const row =
      '<netmon-row name="kind" kind="select" options="line,md5:MD5,GET,:placeholder.free" />';
    assert.deepEqual(
      [...expand(row).matchAll(/<option.*?<\/option>/g)].map(([option]) => option),
      [
        '<option value="line" data-i18n="x.kind.line"></option>',
        '<option value="md5">MD5</option>',
        '<option value="GET">GET</option>',
        '<option value="" data-i18n="x.placeholder.free"></option>',
      ],
    );
  });

  it('shows with its field, and holds what is within the tag', () => {
    assert.equal(
      expand(
        '<netmon-row name="verify" kind="tick" label="" tick="label.verify" data-field><b></b></netmon-row>',
      ),
      '<div class="form-row" data-field="verify">' +
        '<label class="netmon-tick"><input type="checkbox" id="node-input-verify" /> <span data-i18n="x.label.verify"></span></label>' +
        '<b></b></div>',
    );
    assert.match(
      expand('<netmon-row name="port" data-kinds="line bar" />'),
      /data-kinds="line bar"/,
    );
  });

  it('leaves the HTML around it alone', () => {
    assert.equal(
      expand('<p>a</p><netmon-row name="rules" kind="table" id="list" /><p>b</p>'),
      '<p>a</p><div class="form-row"><label style="width: auto" data-i18n="x.label.rules"></label>' +
        '<ol id="list"></ol></div><p>b</p>',
    );
  });

  it('fails the build where it is wrong', () => {
    assert.throws(() => expand('<netmon-row name="new" />'), /no text label\.new/);
    assert.throws(() => expand('<netmon-row name="port" kind="nmber" />'), /no row .* kind nmber/);
    assert.throws(() => expand('<netmon-row name="port" ikon="plug" />'), /what is ikon/);
    assert.throws(() => expand('<netmon-row name="port" after="label.no" />'), /no text label\.no/);
  });
});
