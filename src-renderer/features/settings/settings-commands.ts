import { useRouter } from 'vue-router'
import { useCommands } from '../../commands/registry.ts'
import { useSessionStore } from '../../stores/session.ts'
import { sections } from './sections.ts'

/** Every section of the settings in the palette, for as long as the calling component lives. */
export function useSettingsCommands(): void {
  const router = useRouter()
  const session = useSessionStore()
  useCommands(
    sections.map(({ id, permission }) => ({
      id: `go.settings.${id}`,
      title: `settings.section.${id}`,
      group: 'settings.command.group',
      when: () => session.can(permission),
      run: async () => void (await router.push({ name: 'settings', params: { section: id } })),
    })),
  )
}
