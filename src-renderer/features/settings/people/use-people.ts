import { computed, ref } from 'vue'
import type { AgentView, Invitation } from '../../../../server/access/contract.ts'
import { useApi } from '../../../api/provide.ts'
import type { QueuedCommand } from '../../../outbox/command.ts'
import { useCatalogStore } from '../../../stores/catalog.ts'
import { useOutboxStore } from '../../../stores/outbox.ts'
import { useSubmit } from '../../../stores/use-submit.ts'
import { agentChanges, type AgentDraft } from './agent-draft.ts'

/** The people of the desk and what an administrator does about them. Passwords and invitations never enter the outbox. */
export function usePeople() {
  const { trpc } = useApi()
  const catalog = useCatalogStore()
  const outbox = useOutboxStore()
  const submit = useSubmit()
  /** The newest link, which is shown this once. */
  const invitation = ref<{ name: string; invitation: Invitation } | null>(null)

  const agents = computed(
    () => catalog.catalog?.agents.map((agent) => expectedAgent(agent, outbox.waiting)) ?? null,
  )

  async function add({ password, ...agent }: AgentDraft): Promise<void> {
    if (password !== null) await trpc.agents.create.mutate({ ...agent, password })
    else {
      const answer = await trpc.agents.invite.mutate(agent)
      invitation.value = { name: answer.agent.name, invitation: answer.invitation }
    }
    await catalog.load()
  }

  async function edit(agent: AgentView, draft: AgentDraft): Promise<void> {
    const changes = agentChanges(agent, draft)
    if (Object.keys(changes).length > 0) await submit('agents.update', { id: agent.id, changes })
  }

  async function renewInvitation({ id, name }: AgentView): Promise<void> {
    invitation.value = { name, invitation: (await trpc.agents.renewInvitation.mutate({ id })).invitation }
  }

  return {
    agents,
    invitation,
    add,
    edit,
    renewInvitation,
    resetPassword: (id: string, password: string) => trpc.agents.resetPassword.mutate({ id, password }),
    deactivate: (id: string) => outbox.enqueue('agents.deactivate', { id }),
    reactivate: (id: string) => outbox.enqueue('agents.reactivate', { id }),
  }
}

function expectedAgent(agent: AgentView, waiting: readonly QueuedCommand[]): AgentView {
  return waiting
    .filter(({ subject }) => subject === agent.id)
    .reduce((expected, { procedure, input }) => {
      if (procedure === 'agents.deactivate') return { ...expected, active: false }
      if (procedure === 'agents.reactivate') return { ...expected, active: true }
      return procedure === 'agents.update'
        ? { ...expected, ...(input as { changes: Partial<AgentView> }).changes }
        : expected
    }, agent)
}
