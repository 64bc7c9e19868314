import { MessageSquareQuote } from '@lucide/vue'
import { useI18n } from 'vue-i18n'
import type { MacroView } from '../../../../server/macros/contract.ts'
import { usePaletteSource } from '../../../commands/palette.ts'
import { useCommands } from '../../../commands/registry.ts'
import { useMacrosStore } from '../../../stores/macros.ts'
import { findMacros } from './find-macros.ts'

const IN_PALETTE = 6

/** Ready answers by key and in the palette, while there is a text to put them into. */
export function useMacroCommands(acts: {
  open: () => Promise<void>
  choose: (macro: MacroView) => Promise<void>
}): void {
  const { t } = useI18n()
  const store = useMacrosStore()

  useCommands([
    {
      id: 'ticket.macro',
      title: 'macros.command.insert',
      group: 'ticket.command.group',
      keys: 'mod+shift+m',
      run: acts.open,
    },
  ])
  usePaletteSource({
    id: 'macros',
    title: 'macros.title',
    search: (text) =>
      Promise.resolve(
        findMacros(store.offered, text)
          .slice(0, IN_PALETTE)
          .map((macro) => ({
            id: macro.id,
            title: t('macros.command.use', { name: macro.name }),
            hint: [macro.folder.replaceAll('/', ' › '), macro.shortcut && `/${macro.shortcut}`]
              .filter(Boolean)
              .join(' · '),
            icon: MessageSquareQuote,
            run: () => acts.choose(macro),
          })),
      ),
  })
}
