import { type ComponentChild, h, render } from 'preact';
import { onThemeChange, themeName } from '../theme/choice.ts';
import type { ThemeName } from '../theme/tokens.ts';
import { languageOf, Words } from '../words/words.ts';
import { loadTexts } from './load-texts.ts';

/**
 * An element that draws what its property `data` holds, in a shadow root of its own, in the theme and the
 * language of its place.
 */
export abstract class NetmonElement<Data> extends HTMLElement {
  static readonly observedAttributes = ['lang', 'view'];
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #box = document.createElement('div');
  #data: Data | undefined;
  #words = new Words('en');
  #language = '';
  #endTheme: (() => void) | undefined;

  /** The styles of what it draws. */
  protected abstract readonly css: string;

  /** Data as they were given, or undefined where they are none that can be drawn. */
  protected abstract checked(data: unknown): Data | undefined;

  /** What is drawn; called at each change. */
  protected abstract view(data: Data | undefined): ComponentChild;

  connectedCallback(): void {
    if (!this.#box.isConnected) {
      const style = document.createElement('style');
      style.textContent = this.css;
      this.#root.replaceChildren(style, this.#box);
    }
    this.#endTheme = onThemeChange(() => this.update());
    this.started();
    // A page may have set it before this file was there: such a property hides the setter.
    if (Object.hasOwn(this, 'data')) {
      const { data } = this;
      delete (this as { data?: unknown }).data;
      this.data = data;
    }
    this.update();
  }

  disconnectedCallback(): void {
    this.#endTheme?.();
    this.#endTheme = undefined;
    this.ended();
    render(null, this.#box);
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.update();
  }

  get data(): unknown {
    return this.#data;
  }

  set data(data: unknown) {
    const checked = this.checked(data);
    this.#data = checked;
    this.received(checked);
    this.update();
  }

  /** It was put into a page. */
  protected started(): void {}

  /** It was taken out of its page. */
  protected ended(): void {}

  /** Data came. */
  protected abstract received(data: Data | undefined): void;

  /** It was drawn. */
  protected drawn(): void {}

  protected get words(): Words {
    const near = this.closest('[lang]');
    const page = document.documentElement;
    const language = languageOf(
      near && near !== page ? near.getAttribute('lang')! : '',
      page.lang,
      navigator.languages,
    );
    if (language !== this.#language) {
      this.#language = language;
      this.#words = new Words(language);
      void loadTexts(language).then((isNew) => {
        if (!isNew || language !== this.#language) return;
        this.#words = new Words(language);
        this.update();
      });
    }
    return this.#words;
  }

  protected get theme(): ThemeName {
    return themeName();
  }

  /** What it draws in. */
  protected get box(): HTMLElement {
    return this.#box;
  }

  /** Draws it as things are now. */
  protected update(): void {
    if (!this.isConnected) return;
    this.#box.className = `page nm-${this.theme}`;
    // So that the page around it can go with it.
    this.dataset.theme = this.theme;
    this.#box.lang = this.words.language;
    render(h('div', { class: 'frame' }, this.view(this.#data)), this.#box);
    this.drawn();
  }
}

/** Makes an element known under its name, unless a page has loaded its file twice. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
