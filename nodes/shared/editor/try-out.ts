import { adminPath } from '../admin-path.ts';
import { errorText, type Translate } from '../problem.ts';
import { failureText } from './failure-text.ts';

/**
 * Makes a button try the dialog's settings out on the runtime: it sends them to an admin route and
 * shows what came back, or the error's text. The route answers JSON, and `{ error: text }` with a
 * status of 400 or more where it fails.
 * @param body the settings to send, read from the dialog; what it throws is shown
 * @param show puts the answer into the empty result element
 */
export function tryOut<Answer>(
  button: JQuery,
  result: JQuery,
  options: {
    route: string;
    body: () => unknown;
    show: (result: JQuery, answer: Answer) => void;
    translate: Translate;
  },
): void {
  const fail = (text: string) =>
    result.empty().append($('<div class="netmon-trouble">').text(text));

  button.on('click', (event) => {
    event.preventDefault();
    let body: string;
    try {
      body = JSON.stringify(options.body());
    } catch (error) {
      fail(errorText(error, options.translate));
      return;
    }
    button.prop('disabled', true);
    result.empty().append($('<i class="fa fa-spinner fa-spin">'));
    void $.ajax({
      url: adminPath(options.route),
      method: 'POST',
      contentType: 'application/json',
      data: body,
    })
      .done((answer: Answer) => {
        result.empty();
        options.show(result, answer);
      })
      .fail((reply) => fail(failureText(reply, options.translate)))
      .always(() => button.prop('disabled', false));
  });
}
