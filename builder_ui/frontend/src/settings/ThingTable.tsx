// The list of one kind of thing: its columns by their schemas, a row opens its form.
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { at, objectOf, textOf, type JsonObject } from '../document/json';
import { resolve, titleOf, type NodeTypes, type Schema } from '../document/schema';
import { currentLanguage } from '../i18n';
import { Cell } from './Cell';
import { idOf, keyOf, nameOf, type Resource } from './resource';

type Props = { resource: Resource; rows: JsonObject[]; types: NodeTypes; opened: string | undefined };

export function ThingTable({ resource, rows, types, opened }: Props) {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const schemaOf = (name: string): Schema =>
    resolve(types, objectOf(at(resource.schema, ['properties', name]) ?? resource.shown?.[name]));
  const [first = '', ...rest] = resource.columns;
  const isNumber = (name: string) => schemaOf(name)['type'] === 'integer';
  return (
    <div className="set-panel">
      <table aria-label={t(`things.${resource.id}.title`)}>
        <thead>
          <tr>
            {resource.columns.map((name) => (
              <th key={name} className={isNumber(name) ? 'r' : ''}>
                {titleOf(schemaOf(name), currentLanguage())}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const id = idOf(resource, row);
            const address = `/settings/${resource.id}/${encodeURIComponent(id)}`;
            return (
              <tr key={id} className={id === opened ? 'is-open' : ''} onClick={() => void navigate(address)}>
                <td>
                  <Link to={address} className="set-name ell" title={nameOf(resource, row)}>
                    {textOf(row['color']) !== '' && <i className="set-dot" style={{ background: textOf(row['color']) }} />}
                    {first === resource.key ? keyOf(resource, row) : nameOf(resource, row)}
                  </Link>
                </td>
                {rest.map((name) => (
                  <td key={name} className={`${isNumber(name) ? 'r' : ''} ${name === 'slug' ? 'set-slug' : ''}`}>
                    <Cell schema={schemaOf(name)} value={row[name] ?? countOf(row, name)} thing={row} types={types} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Teams come with their people; the list says how many. */
function countOf(row: JsonObject, name: string): number | undefined {
  const members = row['members'];
  return name === 'people' && Array.isArray(members) ? members.length : undefined;
}
