// A menu at a place of the screen, with the actions that fit what was pointed at.
import { Menu } from '@mantine/core';
import type { Position } from '../../document/flow';
import { useActions } from './useActions';
import './actions.css';

type Props = { label: string; ids: readonly (readonly string[])[]; at: Position; onClose: () => void };

export function ActionMenu({ label, ids, at, onClose }: Props) {
  const offer = useActions();
  const groups = ids
    .map((group) => group.map(offer).filter((each) => each.isPossible))
    .filter((group) => group.length > 0);
  return (
    <Menu opened onClose={onClose} position="bottom-start" width={240} transitionProps={{ duration: 0 }} returnFocus>
      <Menu.Target>
        <button type="button" tabIndex={-1} aria-label={label} className="act-point" style={{ left: at.x, top: at.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        {groups.flatMap((group, place) => [
          ...(place > 0 ? [<Menu.Divider key={`rule ${String(place)}`} />] : []),
          ...group.map(({ action, title, keys, run }) => (
            <Menu.Item
              key={action.id}
              leftSection={action.icon === undefined ? undefined : <action.icon size={16} />}
              rightSection={keys === '' ? undefined : <span className="ui-kbd">{keys}</span>}
              onClick={run}
            >
              {title}
            </Menu.Item>
          )),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
