// One of several ways to begin, with a sentence on what it is for.
type Props = { name: string; title: string; hint: string; more?: string; chosen: boolean; onChoose: () => void };

export function Option({ name, title, hint, more, chosen, onChoose }: Props) {
  return (
    <label className={`flows-option${chosen ? ' on' : ''}`}>
      <input type="radio" name={name} checked={chosen} onChange={onChoose} />
      <span className="grow">
        <span className="flows-option-title">
          {title}
          {more !== undefined && <span className="sm muted num">{more}</span>}
        </span>
        {hint !== '' && <span className="sm muted">{hint}</span>}
      </span>
    </label>
  );
}
