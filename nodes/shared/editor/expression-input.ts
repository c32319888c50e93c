import type { EditorRED } from 'node-red';

declare const RED: EditorRED;

/**
 * Makes a text field one for a JSONata expression, with the editor that Node-RED has for them; it may
 * be left empty.
 * @param check throws where an expression is none
 */
export function expressionInput(input: JQuery, check: (expression: string) => unknown): void {
  // As Node-RED's own type for expressions, which takes no empty one. Its type definitions lack `expand`.
  const type = {
    value: 'jsonata',
    label: 'expression',
    icon: 'red/images/typedInput/expr.svg',
    validate: (value: string) => value.trim() === '' || isValid(check, value),
    expand() {
      RED.editor.editExpression({
        value: input.typedInput('value').replaceAll('\t', '\n'),
        stateId: String(input.attr('id')),
        focus: true,
        complete: (text: string) =>
          onceBack(() => input.typedInput('value', text.replaceAll('\n', '\t'))),
      });
    },
  };
  input.typedInput({ types: [type] });
  input.typedInput('width', '70%');
}

// While another one is open, a dialog is out of the page, with all that its scripts look for there.
function onceBack(then: () => void): void {
  const back = () => {
    RED.events.off('editor:change', back);
    then();
  };
  RED.events.on('editor:change', back);
}

function isValid(check: (expression: string) => unknown, value: string): boolean {
  try {
    check(value);
    return true;
  } catch {
    return false;
  }
}
