import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#e8f6f3',
  '#d3ebe6',
  '#a5d6cc',
  '#74c0b1',
  '#4dae9b',
  '#33a28d',
  '#218472',
  '#1b7465',
  '#175e54',
  '#0f4a42',
];

const SYSTEM_FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, sans-serif';
const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

export const theme = createTheme({
  colors: { pine },
  primaryColor: 'pine',
  primaryShade: { light: 8, dark: 6 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  fontFamily: SYSTEM_FONT,
  fontFamilyMonospace: MONOSPACE,
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  headings: { fontFamily: SYSTEM_FONT, fontWeight: '650' },
});

/** Raises the contrast of the library's muted texts to what WCAG 2.2 AA asks for (4.5 to 1). */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#53595f',
    '--mantine-color-placeholder': '#636a71',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#175e54',
    '--mantine-color-body': '#ffffff',
    '--page-ground': '#f5f7f7',
    '--page-line': '#d9dfde',
    '--input-bd-strong': '#868e96',
    '--mantine-color-yellow-outline': '#8a5a00',
  },
  dark: {
    '--mantine-color-dimmed': '#aeb4b9',
    '--mantine-color-placeholder': '#9aa1a7',
    '--mantine-color-error': '#ff9d96',
    '--mantine-color-anchor': '#74c0b1',
    '--mantine-color-body': '#1b1f1f',
    '--page-ground': '#131616',
    '--page-line': '#363d3c',
    '--input-bd-strong': '#7c8583',
  },
});
