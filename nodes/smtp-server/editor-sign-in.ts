import { adminPath } from '../shared/admin-path.ts';
import { failureText } from '../shared/editor/failure-text.ts';
import { tryOut } from '../shared/editor/try-out.ts';
import type { Translate } from '../shared/problem.ts';
import type { SignInBegun, SignInResult } from './sign-in.ts';

interface Options {
  /** who signs in where, read from the dialog */
  body: () => object;
  /** takes the refresh token */
  show: (refreshToken: string) => void;
  translate: Translate;
}

/** Makes a button begin a sign-in: it tells where to type in what, and waits until that is done. */
export function signIn(button: JQuery, result: JQuery, options: Options): void {
  tryOut<SignInBegun>(button, result, {
    route: 'smtp-server/sign-in',
    body: options.body,
    show: (place, begun) => {
      const { url, userCode } = begun;
      const [before = '', after = ''] = options
        .translate('smtp-server.signIn.open', { url: '\n', code: userCode })
        .split('\n');
      const link = $('<a target="_blank" rel="noopener">').attr('href', url).text(url);
      const line = $('<div>').append(document.createTextNode(before), link).appendTo(place);
      line.append(document.createTextNode(after));
      void wait(place, line, begun.id, options);
    },
    translate: options.translate,
  });
}

// Until it is done, fails, or the dialog is closed.
async function wait(place: JQuery, line: JQuery, id: string, { show, translate }: Options) {
  while (line.closest('body').length > 0) {
    try {
      const { refreshToken } = (await $.ajax({
        url: adminPath('smtp-server/sign-in-result'),
        method: 'POST',
        contentType: 'application/json',
        data: JSON.stringify({ id }),
      })) as SignInResult;
      if (refreshToken === undefined || line.closest('body').length === 0) continue;
      show(refreshToken);
      place.empty().text(translate('smtp-server.signIn.done'));
      return;
    } catch (reply) {
      const text = failureText(reply as JQuery.jqXHR, translate);
      place.empty().append($('<div class="netmon-trouble">').text(text));
      return;
    }
  }
}
