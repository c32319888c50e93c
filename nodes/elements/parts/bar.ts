import { h } from 'preact';
import {
  type Comparison,
  comparisons,
  type PageBase,
  type Period,
  periods,
} from '../../contract/pages.ts';
import { plainPages, type Route, type Shown } from '../state/route.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { Chooser } from './chooser.ts';

interface BarProps {
  shown: Shown;
  devices: PageBase['devices'];
  hasHistory: boolean;
  hasConfigurations: boolean;
  hasTraffic: boolean;
  onPeriod: (period: Period) => void;
  onCompare: (compare: Comparison) => void;
  onTheme: () => void;
}

/** The bar above a page: where to go, how far to look back, and light or dark. */
export function Bar(props: BarProps) {
  const { shown, devices, hasHistory, onPeriod, onCompare, onTheme } = props;
  const { words, theme } = useEnv();
  // A configuration is of no period, and what changed has spans of its own.
  const isTimed = !/^(configuration|changes)/.test(shown.route.page);
  const isChanges = shown.route.page === 'changes';
  const isTraffic = shown.route.page === 'traffic';
  const pages = [
    ...plainPages,
    ...(hasHistory || isChanges ? (['changes'] as const) : []),
    ...(props.hasTraffic || isTraffic ? (['traffic'] as const) : []),
    ...(props.hasConfigurations ? (['configurations'] as const) : []),
  ];
  const other = words.t(theme === 'dark' ? 'elements.bar-top.light' : 'elements.bar-top.dark');
  return h(
    'header',
    { class: 'bar' },
    h('b', { class: 'brand' }, 'Netmon'),
    h(
      'nav',
      { 'aria-label': words.t('elements.bar-top.pages') },
      pages.map((page) =>
        h(
          Link,
          { key: page, to: { page }, current: isWithin(shown.route, page) },
          words.t(`elements.page.${page}`),
        ),
      ),
    ),
    h(
      'div',
      { class: 'controls' },
      devices.length > 0 ? h(Chooser, { devices }) : null,
      isTimed
        ? h(Choice<Period>, {
            label: words.t('elements.bar-top.period'),
            choices: periods,
            textOf: (period) => words.period(period),
            value: shown.period,
            onChoose: onPeriod,
          })
        : null,
      hasHistory && isTimed && !isTraffic
        ? h(Choice<Comparison>, {
            label: words.t('elements.bar-top.compare'),
            choices: comparisons,
            textOf: (comparison) =>
              comparison === 'none'
                ? words.comparison(comparison)
                : words.t('elements.bar-top.compared', { with: words.comparison(comparison) }),
            value: shown.compare,
            onChoose: onCompare,
          })
        : null,
      h(
        'button',
        { type: 'button', class: 'theme', title: other, 'aria-label': other, onClick: onTheme },
        '◐',
      ),
    ),
  );
}

function isWithin(route: Route, page: Route['page']): boolean {
  if (route.page === page) return true;
  if (route.page === 'configuration') return page === 'configurations';
  return page === 'devices' && route.page !== 'traffic' && 'device' in route;
}

interface ChoiceProps<Value extends string> {
  label: string;
  choices: readonly Value[];
  textOf: (value: Value) => string;
  value: Value;
  onChoose: (value: Value) => void;
}

function Choice<Value extends string>({
  label,
  choices,
  textOf,
  value,
  onChoose,
}: ChoiceProps<Value>) {
  return h(
    'select',
    {
      'aria-label': label,
      title: label,
      value,
      onChange: (event: Event) => {
        const chosen = (event.target as HTMLSelectElement).value;
        const known = choices.find((one) => one === chosen);
        if (known !== undefined) onChoose(known);
      },
    },
    choices.map((one) => h('option', { key: one, value: one }, textOf(one))),
  );
}
