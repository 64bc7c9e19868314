import { useCommands } from '../../commands/registry.ts'
import { useSessionStore } from '../../stores/session.ts'
import { useNarrow } from '../../ui/use-narrow.ts'

/** What can be done on a dashboard by key and from the palette. */
export function useBoardCommands(acts: {
  isArranging: () => boolean
  arrange: () => void
  create: () => void
  walls: () => void
}): void {
  const session = useSessionStore()
  const narrow = useNarrow()
  const group = 'dashboard.command.group'
  /** A grid of twelve columns can't be arranged on a phone. */
  const canArrange = () => !acts.isArranging() && !narrow.value && session.can('views.own')
  useCommands([
    {
      id: 'dashboard.arrange',
      title: 'dashboard.command.arrange',
      group,
      keys: 'e',
      when: canArrange,
      run: acts.arrange,
    },
    { id: 'dashboard.create', title: 'dashboard.command.create', group, when: canArrange, run: acts.create },
    {
      id: 'dashboard.walls',
      title: 'dashboard.command.walls',
      group,
      when: () => !acts.isArranging() && session.can('views.share'),
      run: acts.walls,
    },
  ])
}
