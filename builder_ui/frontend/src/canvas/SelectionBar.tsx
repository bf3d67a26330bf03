// What can be done with several steps or with a frame, floating at the top of the canvas.
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronsDown, IconChevronsUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../builder/actions/useActions';
import { useBuilder, useBuilderStore } from '../builder/store';
import { colours } from '../document/frames';
import { chosen, setFrame } from './editing';

const tools = [
  ['alignLeft', 'alignCentre', 'alignRight', 'alignTop', 'alignMiddle', 'alignBottom'],
  ['spreadAcross', 'spreadDown', 'arrange'],
  ['frame', 'duplicate', 'remove'],
];
const frameTools = [['unframe', 'duplicate']];

export function SelectionBar() {
  const { t } = useTranslation('builder');
  const store = useBuilderStore();
  const offer = useActions();
  const readOnly = useBuilder((builder) => builder.readOnly);
  const selected = useBuilder((builder) => builder.selected);
  const all = useBuilder((builder) => builder.edited.document.frames);
  const { nodes, frames } = chosen(selected);
  const frame = frames.length === 1 && nodes.length === 0 ? all?.find((each) => each.id === frames[0]) : undefined;
  if (readOnly || (nodes.length < 2 && frame === undefined)) return null;
  return (
    <div className="cv-tools" role="toolbar" aria-label={t('selection.label')}>
      {frame === undefined ? (
        <span className="sm num">{t('selection.count', { count: nodes.length })}</span>
      ) : (
        <>
          {colours.map((colour) => (
            <Tooltip key={colour} label={t(`frame.colours.${colour}`)}>
              <button
                type="button"
                className={`cv-swatch is-${colour}`}
                aria-label={t(`frame.colours.${colour}`)}
                aria-pressed={(frame.color ?? 'sand') === colour}
                onClick={() => setFrame(store, { ...frame, color: colour })}
              />
            </Tooltip>
          ))}
          <hr aria-hidden />
          <Tooltip label={t(frame.collapsed === true ? 'frame.unfold' : 'frame.fold')}>
            <ActionIcon
              size={28}
              aria-label={t(frame.collapsed === true ? 'frame.unfold' : 'frame.fold')}
              onClick={() => setFrame(store, { ...frame, collapsed: frame.collapsed !== true })}
            >
              {frame.collapsed === true ? <IconChevronsDown size={16} /> : <IconChevronsUp size={16} />}
            </ActionIcon>
          </Tooltip>
        </>
      )}
      {(frame === undefined ? tools : frameTools).map((group, place) => (
        <span key={place} className="cv-tools-group">
          <hr aria-hidden />
          {group.map(offer).map(({ action, title, keys, isPossible, run }) => (
            <Tooltip key={action.id} label={keys === '' ? title : `${title} (${keys})`}>
              <ActionIcon size={28} aria-label={title} disabled={!isPossible} onClick={run}>
                {action.icon !== undefined && <action.icon size={16} />}
              </ActionIcon>
            </Tooltip>
          ))}
        </span>
      ))}
    </div>
  );
}
