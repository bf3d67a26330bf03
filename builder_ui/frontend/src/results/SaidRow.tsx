// Words that were no answer, how many people wrote them, and the options of the draft that may be meant.
import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBuilder } from '../builder/store';
import type { Option } from '../document/synonyms';
import { countShown } from '../ui/numbers';
import type { Said } from './paths-api';
import type { DraftStep } from './useDraftStep';

const SIDE_BY_SIDE = 4; // options; more are a list

export function SaidRow({ said, step }: { said: Said; step: DraftStep }) {
  const { t } = useTranslation('results');
  const language = useBuilder((builder) => builder.language);
  return (
    <li className="res-words">
      <span className="row">
        <q className="grow">{said.text}</q>
        <b className="num" title={t('invalid.people', { count: said.contacts, shown: countShown(said.contacts, language) })}>
          {countShown(said.times, language)}
        </b>
      </span>
      {step.options !== null && <Meant said={said} step={step} options={step.options} />}
    </li>
  );
}

function Meant({ said, step, options }: { said: Said; step: DraftStep; options: Option[] }) {
  const { t } = useTranslation('results');
  const meant = step.understands(said.text);
  if (meant !== null) {
    return (
      <span className="res-meant">
        <IconCheck size={14} aria-hidden /> {t('invalid.understood', { option: meant.title })}
      </span>
    );
  }
  if (!step.mayChange) return null;
  const open = options.filter((option) => step.hasRoom(option, said.text));
  if (open.length === 0) return <span className="res-meant">{t('invalid.tooLong')}</span>;
  if (open.length <= SIDE_BY_SIDE) {
    return (
      <span className="res-options">
        {open.map((option) => (
          <button key={option.id} type="button" className="res-option" aria-label={t('invalid.add', { text: said.text, option: option.title })} onClick={() => step.add(option, said.text)}>
            <IconPlus size={12} aria-hidden /> <span className="ell">{option.title}</span>
          </button>
        ))}
      </span>
    );
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className="res-option" aria-label={t('invalid.means', { text: said.text })}>
          {t('invalid.meansShort')} <IconChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {open.map((option) => (
          <Menu.Item key={option.id} onClick={() => step.add(option, said.text)}>
            {option.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
