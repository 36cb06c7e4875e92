import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** Small and dense, for tables that are read at night. Colour other than the accent means a state. */
export const theme = createTheme({
  colors: {
    // A little blue in the greys of the dark scheme, from the text down to what lies below the page.
    dark: [
      '#c9d1d9',
      '#b1bac4',
      '#a6adb5',
      '#8d949c',
      '#444b54',
      '#2b3138',
      '#20252b',
      '#15181c',
      '#101317',
      '#0b0d10',
    ],
  },
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: 'sm',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { withArrow: true, multiline: true, maw: 320, openDelay: 200 } },
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    // Their `header` would be a second banner of the page for screen readers.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    Alert: { defaultProps: { variant: 'light' } },
  },
});

/** Colours that stay readable (4.5 to 1) on the backgrounds of both schemes. Those that mean a state have its name. */
export const readableVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-anchor': '#3b5bdb',
    '--mantine-color-placeholder': '#6c737a',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-yellow-light-color': '#7a4600',
    '--kg-line': '#e3e6ea',
    '--kg-quiet': '#f6f7f9',
    '--kg-good': '#2b7a3d',
    '--kg-moving': '#1864ab',
    '--kg-waiting': '#8f5200',
    '--kg-bad': '#c92a2a',
    '--kg-notice': '#fff3bf',
    '--kg-notice-text': '#5c3c00',
    '--kg-alarm': '#c92a2a',
  },
  dark: {
    '--mantine-color-dimmed': '#a6adb5',
    '--mantine-color-anchor': '#91a7ff',
    '--mantine-color-placeholder': '#8d949c',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-default': '#1d2126',
    '--mantine-color-default-hover': '#262b31',
    '--mantine-color-default-border': '#383f47',
    '--kg-line': '#2b3138',
    '--kg-quiet': '#1b1f24',
    '--kg-good': '#69db7c',
    '--kg-moving': '#74c0fc',
    '--kg-waiting': '#ffc078',
    '--kg-bad': '#ff8787',
    '--kg-notice': '#3b2f08',
    '--kg-notice-text': '#ffe8a3',
    '--kg-alarm': '#a51111',
  },
});
