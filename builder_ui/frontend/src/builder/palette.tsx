// The node types as rows to pick from, with tile, name and what they do.
import { useMemo } from 'react';
import { paletteOf } from '../document/palette';
import { groupOf, said, tileOf, titleOf } from '../document/schema';
import { textOf } from '../document/json';
import { Tile } from '../ui/Tile';
import type { Pick } from '../ui/Picker';
import { useBuilder } from './store';

export function usePalette(): Pick[] {
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const flowKind = useBuilder((builder) => builder.edited.document.kind);
  return useMemo(
    () =>
      paletteOf(types, language, flowKind).flatMap((group) =>
        group.types.map(({ type, schema }) => ({
          id: type,
          title: titleOf(schema, language),
          hint: said(schema, 'description', language),
          group: group.title,
          icon: <Tile group={groupOf(schema)} icon={textOf(schema['x-icon'])} shape={tileOf(schema)} />,
        })),
      ),
    [types, language, flowKind],
  );
}
