import { useRoute, useRouter } from 'vue-router'
import { useCommands } from '../../commands/registry.ts'
import { useSessionStore } from '../../stores/session.ts'
import { sections } from './sections.ts'

/** Every section of the settings in the palette, for as long as the calling component lives. */
export function useSettingsCommands(): void {
  const route = useRoute()
  const router = useRouter()
  const session = useSessionStore()
  useCommands([
    ...sections.map(({ id, permission }) => ({
      id: `go.settings.${id}`,
      title: `settings.section.${id}`,
      group: 'settings.command.group',
      when: () => session.can(permission),
      run: async () => void (await router.push({ name: 'settings', params: { section: id } })),
    })),
    {
      id: 'rules.create',
      title: 'rules.command.new',
      group: 'settings.command.group',
      // Among the rules themselves it has a key, and offers ready-made ones.
      when: () => session.can('desk.configure') && route.params['section'] !== 'rules',
      run: async () =>
        void (await router.push({ name: 'settings', params: { section: 'rules' }, query: { rule: 'new' } })),
    },
  ])
}
