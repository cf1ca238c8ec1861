import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isLanguage } from '../../../contract/languages.ts';
import { ROLES, type Role } from '../../../contract/roles.ts';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/errors/loaded.tsx';
import { importPart } from '../../ui/lazy-part.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { useSession } from '../session/session-context.ts';
import type { HelpTexts } from './help-content.ts';
import { loadHelp } from './help-texts.ts';
import { News } from './news.tsx';

const Steps = ({ steps }: { readonly steps: readonly string[] }) => (
  <ol className="help-steps">
    {steps.map((step) => (
      <li key={step}>{step}</li>
    ))}
  </ol>
);

const Ways = ({ help, own }: { readonly help: HelpTexts; readonly own: Role | 'stranger' }) => {
  const { t } = useTranslation();
  const others = [...ROLES, 'stranger' as const].filter((role) => role !== own);
  return (
    <>
      <Card title={help.yourWay}>
        <Steps steps={help.ways[own]} />
      </Card>
      <Card title={help.others}>
        {others.map((role) => (
          <details key={role}>
            <summary>{role === 'stranger' ? help.strangers : t(`roles.${role}`)}</summary>
            <Steps steps={help.ways[role]} />
          </details>
        ))}
      </Card>
    </>
  );
};

/** Shows what each role does here, what the words mean, and what is new. */
export const HelpView = () => {
  const { t, i18n } = useTranslation();
  const { role } = useSession();
  const language = isLanguage(i18n.language) ? i18n.language : 'en';
  const texts = useQuery({
    queryKey: ['help', language],
    queryFn: () => importPart(() => loadHelp(language)),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <PageHead title={t('footer.help')} />
      <Loaded query={texts} lines={8}>
        {(help) => (
          <>
            <Text>{help.lead}</Text>
            <Ways help={help} own={role ?? 'stranger'} />
            <Card title={help.terms}>
              <dl className="facts">
                {help.glossary.map(([term, meaning]) => (
                  <div key={term} className="fact">
                    <dt>{term}</dt>
                    <dd>{meaning}</dd>
                  </div>
                ))}
              </dl>
            </Card>
            <Card title={help.keys}>
              <Text size="sm">{help.keysLead}</Text>
            </Card>
            <section id="news" aria-labelledby="news-title">
              <Title order={2} size="h4" id="news-title">
                {help.news} ({__VERSION__})
              </Title>
              <Text size="sm" c="dimmed">
                {help.newsLead}
              </Text>
              <News />
            </section>
          </>
        )}
      </Loaded>
    </>
  );
};
