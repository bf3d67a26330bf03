// A time of day in 24 hours, as schemas write it, whatever the browser's own language is.
import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { clockOf } from '../clock';

type Props = Omit<TextInputProps, 'value' | 'onChange'> & {
  value: string;
  onChange: (value: string) => void;
  endOfDay?: boolean;
};

/** While one types, the text is one's own; on leaving it is brought into form, or goes back to what it was. */
export function Clock({ value, onChange, endOfDay = false, ...props }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      {...props}
      placeholder="00:00"
      inputMode="numeric"
      maxLength={5}
      value={typed ?? value}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        if (text === '') onChange('');
        else if (/^\d\d:\d\d$/.test(text) && clockOf(text, endOfDay) !== null) onChange(text);
      }}
      onBlur={() => {
        const clock = typed === null ? null : clockOf(typed, endOfDay);
        if (clock !== null && clock !== value) onChange(clock);
        setTyped(null);
      }}
    />
  );
}
