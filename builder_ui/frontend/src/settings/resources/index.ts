// All things of the account that have a screen, in the order of the settings.
import type { Resource } from '../resource';
import { channels } from './channels';
import { fields, pipelines, segments } from './contacts';
import { hours, teams, users } from './people';
import { aliases, constants, portfolios, reasons, secrets, snippets, tags } from './simple';
import { ai, templates } from './texts';

export const sections: { id: string; resources: Resource[] }[] = [
  { id: 'people', resources: [users, teams, hours] },
  { id: 'contacts', resources: [tags, fields, segments, portfolios, pipelines, reasons] },
  { id: 'texts', resources: [templates, snippets, constants] },
  { id: 'connections', resources: [channels, secrets, ai, aliases] },
];

export const resources = sections.flatMap((section) => section.resources);
