// The folders beside the list: what lies in each, where rows are dropped, and what can be done with one.
import { ActionIcon, Menu } from '@mantine/core';
import { IconArchive, IconDots, IconFolder, IconFolderOff, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { toast } from '../ui/toast';
import { NONE, type Filters } from './finding';
import { FolderDialog } from './FolderDialog';
import { DRAGGED, type FlowList, type FlowRow, type Folder } from './flows-api';
import { useAddFolder, useArrange, useRemoveFolder } from './shelves-api';

type Props = {
  list: FlowList;
  rows: FlowRow[];
  filters: Filters;
  edits: boolean;
  /** The address of the list with another folder. */
  to: (folder: string | null) => string;
  archive: string;
  onMove: (ids: string[], folder: string | null) => void;
};

export function FolderPane({ list, rows, filters, edits, to, archive, onMove }: Props) {
  const { t } = useTranslation('flows');
  const [naming, setNaming] = useState<Folder | 'new' | null>(null);
  const pane = useRef<HTMLElement>(null);
  const address = to(filters.folder);
  useEffect(() => {
    void pane.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [address, filters.archived]);
  const here = filters.archived ? undefined : filters.folder;
  const loose = rows.filter((row) => row.folder === null).length;
  return (
    <nav ref={pane} className="flows-folders" aria-label={t('folders.label')}>
      <Entry name={t('folders.all')} count={rows.length} address={to(null)} current={here === null} />
      {list.folders.map((folder) => (
        <Entry
          key={folder.id} name={folder.name} count={rows.filter((row) => row.folder === folder.id).length} address={to(folder.id)}
          current={here === folder.id} onDrop={edits ? (ids) => onMove(ids, folder.id) : undefined}
        >
          {edits && <FolderMenu folder={folder} list={list} onRename={() => setNaming(folder)} />}
        </Entry>
      ))}
      {list.folders.length > 0 && (
        <Entry name={t('folders.none')} count={loose} address={to(NONE)} current={here === NONE} icon="none" onDrop={edits ? (ids) => onMove(ids, null) : undefined} />
      )}
      {edits && (
        <button type="button" className="flows-folder is-act" onClick={() => setNaming('new')}>
          <IconPlus size={16} aria-hidden /> {t('folders.new')}
        </button>
      )}
      <hr />
      <Entry name={t('archive.title')} count={list.archived} address={archive} current={filters.archived} icon="archive" />
      {naming !== null && <FolderDialog folder={naming === 'new' ? null : naming} onClose={() => setNaming(null)} />}
    </nav>
  );
}

type EntryProps = {
  name: string;
  count: number;
  address: string;
  current: boolean;
  icon?: 'folder' | 'none' | 'archive';
  onDrop?: ((ids: string[]) => void) | undefined;
  children?: ReactNode;
};

const icons = { folder: IconFolder, none: IconFolderOff, archive: IconArchive };

function Entry({ name, count, address, current, icon = 'folder', onDrop, children }: EntryProps) {
  const [over, setOver] = useState(false);
  const Icon = icons[icon];
  const target = onDrop === undefined ? {} : {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(DRAGGED)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      const ids = event.dataTransfer.getData(DRAGGED);
      if (ids === '') return;
      event.preventDefault();
      onDrop(ids.split(' '));
    },
  };
  return (
    <div className={`flows-folder${current ? ' on' : ''}${over ? ' is-over' : ''}`} {...target}>
      <Link to={address} aria-current={current ? 'page' : undefined}>
        <Icon size={16} aria-hidden />
        <span className="ell grow" title={name}>{name}</span>
        <span className="num flows-folder-count">{count}</span>
      </Link>
      {children}
    </div>
  );
}

function FolderMenu({ folder, list, onRename }: { folder: Folder; list: FlowList; onRename: () => void }) {
  const { t } = useTranslation('flows');
  const remove = useRemoveFolder();
  const add = useAddFolder();
  const arrange = useArrange();
  const failed = () => toast({ text: t('acts.failed'), stays: true });
  const held = list.flows.filter((row) => row.folder === folder.id).map((row) => row.id);

  async function restore() {
    const again = await add.mutateAsync(folder.name);
    if (held.length > 0) await arrange.mutateAsync({ flows: held, folder: again.id });
  }

  const away = () =>
    remove
      .mutateAsync(folder.id)
      .then(() => toast({ text: t('folders.removed', { name: folder.name, count: held.length }), undo: () => void restore().catch(failed) }))
      .catch(failed);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={24} className="flows-folder-more" aria-label={t('folders.more', { name: folder.name })}>
          <IconDots size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onRename}>
          {t('folders.rename')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => void away()}>
          {held.length === 0 ? t('folders.remove') : t('folders.removeUp', { count: held.length })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
