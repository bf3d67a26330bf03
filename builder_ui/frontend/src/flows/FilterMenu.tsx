// One filter of the list: a button that says what it narrows to, and the ways to narrow it.
import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';

export type Choice = { value: string; title: string; count?: number };
type Props = { label: string; all: string; choices: Choice[]; value: string | null; onChange: (value: string | null) => void };

export function FilterMenu({ label, all, choices, value, onChange }: Props) {
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <Menu position="bottom-start" attributes={{ dropdown: { 'aria-label': label } }}>
      <Menu.Target>
        <Button className={`flows-filter${chosen === undefined ? '' : ' on'}`} rightSection={<IconChevronDown size={14} aria-hidden />}>
          <span className="muted">{label}</span>&nbsp;<b className="ell">{chosen?.title ?? all}</b>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="flows-choices">
        <Menu.RadioGroup value={value ?? ''} onChange={(next) => onChange(next === '' ? null : next)}>
          {[{ value: '', title: all, count: undefined }, ...choices].map((choice) => (
            <Menu.RadioItem
              key={choice.value}
              value={choice.value}
              closeMenuOnClick
              checkIcon={<IconCheck size={14} aria-hidden />}
              rightSection={choice.count === undefined ? undefined : <span className="muted num">{choice.count}</span>}
            >
              {choice.title}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
