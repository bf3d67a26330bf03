// Into which folder flows go: by keyboard and menu what dragging does by mouse.
import { Modal } from '@mantine/core';
import { IconFolder, IconFolderOff, IconFolderPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Picker } from '../ui/Picker';
import { NONE } from './finding';
import { FolderDialog } from './FolderDialog';
import type { FlowRow, Folder } from './flows-api';

type Props = { rows: FlowRow[]; folders: Folder[]; onMove: (folder: string | null) => void; onClose: () => void };

const NEW = 'new';

export function MoveDialog({ rows, folders, onMove, onClose }: Props) {
  const { t } = useTranslation('flows');
  const [naming, setNaming] = useState(false);
  const title = t('folders.move', { count: rows.length, name: rows[0]?.name });
  if (naming) return <FolderDialog folder={null} onClose={onClose} onMade={(made) => onMove(made.id)} />;

  function pick(id: string) {
    if (id === NEW) {
      setNaming(true);
      return;
    }
    onMove(id === NONE ? null : id);
    onClose();
  }

  return (
    <Modal opened onClose={onClose} size={400} withCloseButton={false} attributes={{ content: { 'aria-label': title } }}>
      <h2 className="flows-dialog-title ell">{title}</h2>
      <Picker
        label={t('folders.find')}
        picks={[
          ...folders.map(({ id, name }) => ({ id, title: name, icon: <IconFolder size={16} aria-hidden /> })),
          { id: NONE, title: t('folders.none'), icon: <IconFolderOff size={16} aria-hidden /> },
          { id: NEW, title: t('folders.new'), icon: <IconFolderPlus size={16} aria-hidden /> },
        ]}
        onPick={pick}
        onClose={onClose}
      />
    </Modal>
  );
}
