import { describe, expect, test } from '@jest/globals';
import { de } from './de.ts';
import { en } from './en.ts';

type Tree = { readonly [key: string]: string | Tree };

const flat = (tree: Tree, path = ''): readonly (readonly [string, string])[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as const] : flat(value, `${path}${key}.`),
  );

const variables = (text: string): readonly string[] => (text.match(/{{\w+}}/g) ?? []).toSorted();

describe('the texts of the page', () => {
  const english = new Map(flat(en));
  const german = new Map(flat(de));

  test('have the same keys in every language', () => {
    expect([...german.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  test('are empty nowhere', () => {
    expect([...english, ...german].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('use the same variables in every language', () => {
    const used = (texts: ReadonlyMap<string, string>) =>
      [...texts].map(([key, text]) => [key, variables(text)]);
    expect(used(german)).toEqual(used(english));
  });
});
