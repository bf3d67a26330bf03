// The people who have this flow open beside oneself; a click leads to the step they are at.
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nodeById } from '../document/flow';
import { nameOfNode } from '../document/template';
import { Avatar } from '../ui/Avatar';
import { people } from './others';
import { useBuilder } from './store';

const MOST = 3; // faces; the rest is a number

export function Others() {
  const { t } = useTranslation('builder');
  const others = people(useBuilder((builder) => builder.others));
  const document = useBuilder((builder) => builder.edited.document);
  const types = useBuilder((builder) => builder.types);
  const language = useBuilder((builder) => builder.language);
  const look = useBuilder((builder) => builder.look);
  if (others.length === 0) return null;
  const rest = others.slice(MOST);
  return (
    <span className="bld-others" role="group" aria-label={t('others.here', { count: others.length })}>
      {others.slice(0, MOST).map(({ member, name, step }) => {
        const at = step === null || nodeById(document, step) === undefined ? null : step;
        const words = at === null ? t('others.in', { name }) : t('others.at', { name, step: nameOfNode(document, types, at, language) });
        return (
          <Tooltip key={member} label={words}>
            <button type="button" className="bld-other" aria-label={words} aria-disabled={at === null} onClick={() => at !== null && look([at])}>
              <Avatar name={name} size="s" />
            </button>
          </Tooltip>
        );
      })}
      {rest.length > 0 && (
        <Tooltip label={rest.map((each) => each.name).join(', ')}>
          <span className="ui-avatar s num">+{rest.length}</span>
        </Tooltip>
      )}
    </span>
  );
}
