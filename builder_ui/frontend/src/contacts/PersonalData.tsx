// What a person may ask of an account: their data as a file, or to be forgotten. For administrators.
import { ActionIcon, Button, Menu, Modal, Tooltip } from '@mantine/core';
import { IconDots, IconDownload, IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { FieldError } from '../forms/FieldError';
import { toast } from '../ui/toast';
import { exportAddress, useEraseContact, type Contact } from './contacts-api';

export function PersonalData({ contact }: { contact: Contact }) {
  const { t } = useTranslation('contacts');
  const [isErasing, setErasing] = useState(false);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Tooltip label={t('person.menu')}>
            <ActionIcon className="crm-person" aria-label={t('person.menu')}>
              <IconDots size={18} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={exportAddress(contact.id)} download leftSection={<IconDownload size={16} />}>
            {t('person.export')}
          </Menu.Item>
          <Menu.Item leftSection={<IconEraser size={16} />} onClick={() => setErasing(true)}>
            {t('person.erase')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isErasing && <EraseDialog contact={contact} onClose={() => setErasing(false)} />}
    </>
  );
}

function EraseDialog({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const erase = useEraseContact(contact.id);
  const name = contact.name || t('unnamed');

  function act() {
    erase.mutate(undefined, {
      onSuccess: async () => {
        await navigate('/contacts');
        toast({ text: t('person.erased', { name }) });
      },
    });
  }

  return (
    <Modal opened onClose={onClose} size={440} withCloseButton={false} attributes={{ content: { 'aria-label': t('person.title', { name }) } }}>
      <div className="crm-dialog">
        <h2>{t('person.title', { name })}</h2>
        <p>{t('person.what')}</p>
        <p>{t('person.final')}</p>
        {erase.isError && <FieldError text={t('person.failed')} />}
      </div>
      <div className="crm-dialog-foot">
        <Button variant="subtle" data-autofocus onClick={onClose}>
          {t('cancel', { ns: 'common' })}
        </Button>
        <Button variant="filled" loading={erase.isPending} onClick={act}>
          {t('person.act')}
        </Button>
      </div>
    </Modal>
  );
}
