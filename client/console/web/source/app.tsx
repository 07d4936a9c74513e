// Which screen is shown: before the session, locked, or the one that the person went to.
import { ApprovalsScreen } from './approvals_screen.tsx';
import { AuditScreen } from './audit_screen.tsx';
import { CallerScreen } from './caller_screen.tsx';
import { CaseScreen } from './case_screen.tsx';
import { useCell } from './cell.ts';
import { FiguresScreen } from './figures_screen.tsx';
import { HelpDialog } from './help_dialog.tsx';
import { InboxScreen } from './inbox_screen.tsx';
import { mayGo } from './keys.ts';
import { KnowledgeScreen } from './knowledge_screen.tsx';
import { language } from './language.ts';
import { ListScreen } from './list_screen.tsx';
import { LockedScreen } from './locked_screen.tsx';
import { OpeningScreen } from './opening_screen.tsx';
import { PrintScreen } from './print_screen.tsx';
import { route } from './router.ts';
import { SearchScreen } from './search_screen.tsx';
import { SettingsScreen } from './settings_screen.tsx';
import { Shell } from './shell.tsx';
import { StartScreen } from './start_screen.tsx';
import { phase, said, state } from './state.ts';
import { StatisticsScreen } from './statistics_screen.tsx';
import { ToEraseScreen } from './to_erase_screen.tsx';
import { TrendsScreen } from './trends_screen.tsx';

function Place() {
  const here = useCell(route);
  const role = useCell(state)?.device.role ?? '';
  if (!mayGo(here.screen, role)) return <SettingsScreen />;
  switch (here.screen) {
    case 'start': return <StartScreen />;
    case 'list': return <ListScreen key={here.view} view={here.view} find={here.find} />;
    case 'case': return <CaseScreen key={here.case} id={here.case} part={here.part} />;
    case 'print': return <PrintScreen id={here.case} />;
    case 'approvals': return <ApprovalsScreen />;
    case 'to_erase': return <ToEraseScreen />;
    case 'audit': return <AuditScreen />;
    case 'statistics': return <StatisticsScreen />;
    case 'trends': return <TrendsScreen part={here.part} />;
    case 'caller': return <CallerScreen />;
    case 'knowledge': return <KnowledgeScreen />;
    case 'search': return <SearchScreen find={here.find} />;
    case 'inbox': return <InboxScreen key={here.id} id={here.id} />;
    case 'figures': return <FiguresScreen />;
    case 'settings': return <SettingsScreen />;
  }
}

function Shown() {
  const at = useCell(phase);
  const spoken = useCell(language); // a new language draws everything anew
  if (at === 'locked') return <LockedScreen key={spoken} />;
  if (at !== 'open') return <OpeningScreen key={spoken} phase={at} />;
  return (
    <Shell key={spoken}>
      <Place />
      <HelpDialog />
    </Shell>
  );
}

export function App() {
  const words = useCell(said);
  return (
    <>
      <Shown />
      <div role="status" class="spoken">{words}</div>
    </>
  );
}
