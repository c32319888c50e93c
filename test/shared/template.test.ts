import assert from 'node:assert/strict';
import { checkTemplate, render } from '../../nodes/shared/template.ts';
import { heldAfter } from '../support/memory.ts';

const text = (template: string, view: object) => render(template, view, { escapeHtml: false });
const html = (template: string, view: object) => render(template, view, { escapeHtml: true });

describe('render', () => {
  it('fills in names, paths, sections and lists', () => {
    const view = {
      rule: 'cpu',
      labels: { device: 'core-1' },
      list: [{ n: 1 }, { n: 2 }],
      none: [],
    };
    assert.equal(text('{{rule}} on {{labels.device}}', view), 'cpu on core-1');
    assert.equal(text('{{#list}}{{n}}/{{rule}} {{/list}}', view), '1/cpu 2/cpu ');
    assert.equal(text('{{^none}}nothing{{/none}}{{#none}}x{{/none}}', view), 'nothing');
    assert.equal(text('{{#list}}{{.}}{{/list}}[{{missing}}{{labels}}{{{labels}}}]', view), '[]');
    assert.equal(text('{{a.b}}{{#a}}{{b}}{{/a}}', { a: { b: 0 } }), '00');
  });

  it('escapes for HTML, in triple braces too, and not for text', () => {
    const view = { device: '<b>"&\'' };
    assert.equal(text('{{device}}', view), '<b>"&\'');
    assert.equal(html('{{device}}', view), '&lt;b&gt;&quot;&amp;&#39;');
    assert.equal(html('{{{device}}}{{&device}}', view), html('{{device}}{{device}}', view));
  });

  it('sees own data only: no prototype, no inherited name, no function', () => {
    const view = JSON.parse('{"labels":{"__proto__":"mine"},"list":[1]}') as Record<string, object>;
    const called = () => assert.fail('was called');
    const hostile = { ...view, call: called, nested: { call: called } };
    for (const name of [
      'constructor',
      'toString',
      '__proto__',
      'labels.constructor.name',
      'labels.__proto__.constructor',
      'list.constructor',
      'list.map',
      'call',
      'nested.call',
      'hasOwnProperty',
    ]) {
      const template = `[{{${name}}}{{#${name}}}x{{/${name}}}]`;
      assert.equal(text(template, hostile), '[]', name);
    }
    assert.equal(text('{{labels.__proto__}}', hostile), 'mine');
  });

  it('does not read a value as a template', () => {
    assert.equal(text('{{a}}', { a: '{{b}}', b: 'secret' }), '{{b}}');
  });

  it('keeps no template, for messages may bring ever new ones', () => {
    const bytes = heldAfter(() => {
      for (let i = 0; i < 30; i++) text(`{{! ${'x'.repeat(1e6)} }}${i}`, {});
    });
    assert.ok(bytes < 10e6, `${bytes} bytes`);
  });
});

describe('checkTemplate', () => {
  it('returns a good template', () => {
    assert.equal(checkTemplate('subject', '{{a}} {{#b}}c{{/b}}'), '{{a}} {{#b}}c{{/b}}');
  });

  for (const [template, message] of [
    ['a {{x', 'every tag to be ended before character 6'],
    ['{{=x=}}', 'every tag to be ended before character 8'],
    ['a {{#x}} b', 'the section x to be closed before character 11'],
    ['{{#a}}{{#b}}{{/a}}{{/b}}', 'the section b to be closed before character 13'],
    ['a {{/x}}', 'the section x to be opened before character 3'],
  ] as const) {
    it(`tells what is missing in ${template}`, () => {
      assert.throws(() => checkTemplate('subject', template), {
        message: `subject: expected ${message}, but got ${JSON.stringify(template)}`,
      });
    });
  }

  it('refuses what is no text', () => {
    assert.throws(() => checkTemplate('subject', 7), {
      message: 'subject: expected a text, but got 7',
    });
  });
});
