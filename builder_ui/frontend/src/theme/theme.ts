// The look of every part, once: Mantine's theme and the semantic colours as CSS variables, both from theme.json.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import tokens from './theme.json';

function scale(steps: string[]): MantineColorsTuple {
  const [a = '', b = '', c = '', d = '', e = '', f = '', g = '', h = '', i = '', j = ''] = steps;
  return [a, b, c, d, e, f, g, h, i, j];
}

const headings = { ...tokens.headings.sizes, h5: tokens.headings.sizes.h4, h6: tokens.headings.sizes.h4 };
const control = { size: 'sm' };

export const theme = createTheme({
  primaryColor: tokens.primaryColor,
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: tokens.luminanceThreshold,
  white: tokens.white,
  black: tokens.black,
  colors: Object.fromEntries(Object.entries(tokens.colors).map(([name, steps]) => [name, scale(steps)])),
  fontFamily: tokens.fontFamily,
  fontFamilyMonospace: tokens.fontFamilyMonospace,
  fontSizes: tokens.fontSizes,
  lineHeights: tokens.lineHeights,
  headings: { fontWeight: tokens.headings.fontWeight, sizes: headings },
  spacing: tokens.spacing,
  radius: tokens.radius,
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm', variant: 'default' } },
    ActionIcon: { defaultProps: { size: 32, variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: control },
    PasswordInput: { defaultProps: control },
    Textarea: { defaultProps: { ...control, autosize: true, minRows: 2 } },
    NumberInput: { defaultProps: control },
    Select: { defaultProps: { ...control, checkIconPosition: 'right' } },
    MultiSelect: { defaultProps: control },
    TagsInput: { defaultProps: control },
    Switch: { defaultProps: { size: 'xs', withThumbIndicator: false } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 120 }, offset: 6 } },
    // Without the placeholder: a focusable element that is no item has no place in a menu (ARIA), and axe says so.
    Menu: { defaultProps: { shadow: 'none', offset: 4, transitionProps: { duration: 120 }, withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { shadow: 'none', transitionProps: { duration: 120 } } },
    Modal: { defaultProps: { radius: 'xl', padding: 0, centered: true, transitionProps: { duration: 180, transition: 'fade' } } },
    Drawer: { defaultProps: { transitionProps: { duration: 180 } } },
  },
});

function variable(name: string): string {
  return `--${name.replace(/([A-Z])/g, '-$1').replace(/(\d)/g, '-$1').toLowerCase()}`;
}

function scheme(of: 'light' | 'dark'): Record<string, string> {
  const colours = Object.entries(tokens.semantic[of]).map(([name, value]) => [variable(name), value]);
  const kinds = Object.entries(tokens.nodeCategories).flatMap(([name, kind]) => [
    [`--cat-${name}`, kind[of].solid],
    [`--cat-${name}-tint`, kind[of].tint],
  ]);
  const shadows = Object.entries(tokens.shadows[of]).map(([name, value]) => [`--shadow-${name}`, value]);
  return {
    ...Object.fromEntries([...colours, ...kinds, ...shadows]),
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--muted)',
    '--mantine-color-placeholder': 'var(--muted)',
    '--mantine-color-anchor': 'var(--accent-text)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--border-strong)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-disabled': 'var(--sunken)',
    '--mantine-color-disabled-color': 'var(--disabled)',
    '--mantine-color-disabled-border': 'var(--border)',
    '--mantine-color-gray-light-hover': 'var(--hover)',
    '--mantine-color-gray-light-color': 'var(--text-2)',
  };
}

export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--ease-out': tokens.motion.easeOut,
    '--instant': tokens.motion.instant,
    '--fast': tokens.motion.fast,
    '--base': tokens.motion.base,
    '--slow': tokens.motion.slow,
  },
  light: scheme('light'),
  dark: scheme('dark'),
});

export const sizes = { ...tokens.layout, ...tokens.canvas };
export type Group = keyof typeof tokens.nodeCategories;
export const groups = tokens.nodeCategories;
