import { describe, expect, test } from '@jest/globals';
import { de } from './de.ts';
import { later as deLater } from './de/later.ts';
import { en } from './en.ts';
import { later as enLater } from './en/later.ts';
import { es } from './es.ts';
import { later as esLater } from './es/later.ts';
import { fr } from './fr.ts';
import { later as frLater } from './fr/later.ts';
import { it } from './it.ts';
import { later as itLater } from './it/later.ts';

interface Tree {
  readonly [key: string]: string | Tree | undefined;
}

const flat = (tree: Tree, path = ''): readonly (readonly [string, string])[] =>
  Object.entries(tree).flatMap(([key, value]) => {
    if (value === undefined) {
      return [];
    }
    return typeof value === 'string' ? [[path + key, value] as const] : flat(value, `${path}${key}.`);
  });

const variables = (text: string): readonly string[] => [...(text.match(/{{\w+}}/g) ?? [])].sort();

const english = new Map([...flat(en), ...flat(enLater)]);

describe.each([
  ['German', [...flat(de), ...flat(deLater)]],
  ['Spanish', [...flat(es), ...flat(esLater)]],
  ['French', [...flat(fr), ...flat(frLater)]],
  ['Italian', [...flat(it), ...flat(itLater)]],
] as const)('the texts of the page in %s', (_, entries) => {
  const texts = new Map(entries);

  test('lack no text', () => {
    expect([...english.keys()].filter((key) => !texts.has(key))).toEqual([]);
  });

  test('are empty nowhere', () => {
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('use the same variables as the English ones', () => {
    const used = [...texts].filter(([key]) => english.has(key));
    const differing = used.filter(
      ([key, text]) => variables(text).join() !== variables(english.get(key) ?? '').join(),
    );
    expect(differing).toEqual([]);
  });
});

test('the English texts are empty nowhere', () => {
  expect([...english].filter(([, text]) => text.trim() === '')).toEqual([]);
});
