import { type CSSVariablesResolver, mergeThemeOverrides, type MantineColorsTuple } from '@mantine/core';
import { contrast, MIN_CONTRAST } from '../../contract/contrast.ts';
import { theme, variables } from './theme.ts';

const DARK_BODY = '#1b1f1f';
const STEPS = 20;

/** Mixes a color with another one. @param share of the other one, 0 to 1 */
const mix = (color: string, other: string, share: number): string =>
  `#${[1, 3, 5]
    .map((at) => {
      const [from, to] = [color, other].map((text) => Number.parseInt(text.slice(at, at + 2), 16));
      return Math.round((from ?? 0) * (1 - share) + (to ?? 0) * share)
        .toString(16)
        .padStart(2, '0');
    })
    .join('')}`;

/** Lightens a color until it is readable on the dark page. */
const onDark = (color: string): string => {
  const lighter = Array.from({ length: STEPS + 1 }, (_, step) => mix(color, '#ffffff', step / STEPS));
  return lighter.find((shade) => contrast(shade, DARK_BODY) >= MIN_CONTRAST + 1) ?? '#ffffff';
};

/** Shades of the color, as the component library wants them: buttons have the color itself, light or dark the page. */
const shadesOf = (color: string): MantineColorsTuple => {
  const light = (share: number) => mix(color, '#ffffff', share);
  return [
    light(0.92),
    light(0.84),
    onDark(color),
    onDark(color),
    light(0.35),
    light(0.2),
    color,
    color,
    color,
    mix(color, '#000000', 0.15),
  ];
};

/** Returns theme and variables in a project's color. @param color `#rrggbb`, dark enough for white text */
export const brandTheme = (color: string) => {
  const brandVariables: CSSVariablesResolver = (merged) => {
    const { light, dark, ...rest } = variables(merged);
    return {
      ...rest,
      light: { ...light, '--mantine-color-anchor': color },
      dark: { ...dark, '--mantine-color-anchor': onDark(color) },
    };
  };
  return {
    theme: mergeThemeOverrides(theme, { colors: { pine: shadesOf(color) } }),
    variables: brandVariables,
  };
};
