import { win32 } from 'node:path'
import { commandLine, xml, type Service } from './service.ts'

export const TASK = 'Balcao Server'

/** The account that Windows has for services that need no rights: its number is the same in every language. */
export const LOCAL_SERVICE = 'S-1-5-19'

/**
 * A task that starts with the PC, before anybody logs in: Node can't be a Windows service by itself, see
 * `docs/decisions/0024-one-folder-that-runs.md`.
 * What makes it come back is the trigger of every minute, which is ignored while it runs: Task Scheduler doesn't count a program
 * that ended with an error as a failed task.
 * Source of the schema: learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema.
 */
export function windowsTask(service: Service): string {
  const [program, ...args] = commandLine('windows', service)
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.4" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Author>Balcao</Author>
    <Description>Balcao help desk server</Description>
    <URI>\\${TASK}</URI>
  </RegistrationInfo>
  <Triggers>
    <BootTrigger>
      <Enabled>true</Enabled>
    </BootTrigger>
    <TimeTrigger>
      <Repetition>
        <Interval>PT1M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2020-01-01T00:00:00</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${LOCAL_SERVICE}</UserId>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <IdleSettings>
      <StopOnIdleEnd>false</StopOnIdleEnd>
      <RestartOnIdle>false</RestartOnIdle>
    </IdleSettings>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <UseUnifiedSchedulingEngine>true</UseUnifiedSchedulingEngine>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>5</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xml(program)}</Command>
      <Arguments>${xml(args.map(windowsWord).join(' '))}</Arguments>
      <WorkingDirectory>${xml(service.dataDir)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`
}

/** Where a service without a terminal says what it has to say. */
export function windowsLog({ dataDir }: Pick<Service, 'dataDir'>): string {
  return win32.join(dataDir, 'server.log')
}

/** As programs of Microsoft's C library take their command line apart. */
function windowsWord(word: string): string {
  if (word !== '' && !/[\s"]/.test(word)) return word
  return `"${word.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`
}
