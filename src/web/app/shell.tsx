import { AppShell, Stack, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { readyQuery } from '../api/queries.ts';
import { CrashBoundary } from '../ui/errors/crash-boundary.tsx';
import { ConnectionNote } from '../ui/errors/connection-note.tsx';
import { ProblemNote } from '../ui/errors/problem-note.tsx';
import { meQuery, useOtherTabs } from '../features/session/session.ts';
import { ANONYMOUS, SessionContext, sessionOf, type Session } from '../features/session/session-context.ts';
import { Card } from '../ui/card.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Placeholder } from '../ui/placeholder.tsx';
import { PlainHttpNote } from '../ui/plain-http-note.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { useAfterFirstView } from '../ui/after-first-view.ts';
import { useAccountLanguage } from './use-account-language.ts';
import { useKeptFocus } from './keep-focus.ts';
import { Keyboard } from './keyboard.tsx';
import { lazyPart } from '../ui/lazy-part.ts';
import { useLiveUpdates } from './live-updates.ts';
import { Navigation } from './navigation.tsx';
import { RescueDialogs } from './rescue-dialogs.tsx';

const PasswordForm = lazyPart(
  async () => (await import('../features/session/password-form.tsx')).PasswordForm,
);
const MustEnrol = lazyPart(async () => (await import('../features/access/must-enrol.tsx')).MustEnrol);
const SealedBanner = lazyPart(
  async () => (await import('../features/project/sealed-banner.tsx')).SealedBanner,
);

const SessionEnd = lazyPart(async () => (await import('../features/session/session-end.tsx')).SessionEnd);

const MustChangePassword = ({ session }: { readonly session: Session }) => {
  const { t } = useTranslation();
  return (
    <div className="narrow">
      <PageHead title={t('session.mustChangeTitle')} />
      <Card>
        <Text>{t('session.mustChangeLead')}</Text>
        <Suspense fallback={<Placeholder />}>
          {session.user ? <PasswordForm user={session.user} /> : null}
        </Suspense>
      </Card>
    </div>
  );
};

const Content = ({ session }: { readonly session: Session }) => {
  const { pathname } = useLocation();
  const cache = useQueryClient();
  // The recovery codes stay until they are kept, also when the session is free already.
  const [showsCodes, setShowsCodes] = useState(false);
  if (session.secondFactor === 'required' || (showsCodes && session.user)) {
    return (
      <Suspense fallback={<Placeholder />}>
        <MustEnrol
          onConfirmed={() => {
            setShowsCodes(true);
          }}
          onDone={() => {
            setShowsCodes(false);
            void cache.invalidateQueries();
          }}
        />
      </Suspense>
    );
  }
  if (session.mustChangePassword) {
    return <MustChangePassword session={session} />;
  }
  return (
    <CrashBoundary key={pathname}>
      <Outlet />
    </CrashBoundary>
  );
};

/** Moves focus and view to the top of the page that was just opened, as a page load would. */
const useFreshStart = () => {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useLayoutEffect(() => {
    if (last.current === pathname) {
      return;
    }
    last.current = pathname;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
};

/** Frame of every page: banner, navigation, content, dialogs that may come up anywhere. */
export const Shell = () => {
  const { t } = useTranslation();
  const [menuOpen, menu] = useDisclosure(false);
  const me = useQuery(meQuery);
  const ready = useQuery({ ...readyQuery, enabled: Boolean(me.data) });
  const main = useFreshStart();
  useKeptFocus();
  useOtherTabs();
  const session = me.data ? sessionOf(me.data) : ANONYMOUS;
  const known = me.data !== undefined;
  const due = useAfterFirstView();
  const working =
    session.user !== undefined && !session.mustChangePassword && session.secondFactor !== 'required';
  useLiveUpdates(working);
  useHotkeys(menuOpen ? [['Escape', menu.close]] : [], []);
  useAccountLanguage(session.user?.language);
  return (
    <SessionContext value={session}>
      <a className="skip-link" href="#main">
        {t('common.skip')}
      </a>
      <AppShell
        header={{ height: 60 }}
        padding={{ base: 'xs', sm: 'lg' }}
        {...(working
          ? { navbar: { width: 232, breakpoint: 'md' as const, collapsed: { mobile: !menuOpen } } }
          : {})}
        transitionDuration={0}
      >
        <Header menuOpen={menuOpen} onMenu={menu.toggle} hasMenu={working} />
        {working ? <Navigation onGo={menu.close} /> : null}
        <AppShell.Main id="main" ref={main} tabIndex={-1}>
          <Stack gap="lg" maw={1680} mx="auto">
            <Stack gap="lg" className="above-footer">
              <ConnectionNote />
              <PlainHttpNote />
              <Suspense>{session.user && due ? <SessionEnd /> : null}</Suspense>
              <Suspense>{ready.data?.sealed ? <SealedBanner /> : null}</Suspense>
              {me.isError ? <ProblemNote error={me.error} onRetry={() => void me.refetch()} /> : null}
              {known ? <Content session={session} /> : me.isError ? null : <Placeholder lines={6} />}
            </Stack>
            <Footer />
          </Stack>
        </AppShell.Main>
      </AppShell>
      <CrashBoundary>
        <Keyboard />
        {session.user ? <RescueDialogs /> : null}
      </CrashBoundary>
    </SessionContext>
  );
};
