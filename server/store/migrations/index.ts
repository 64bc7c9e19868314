import { Desk1790000000000 } from './1790000000000-desk.ts'
import { Promises1800000000000 } from './1800000000000-promises.ts'
import { Rules1810000000000 } from './1810000000000-rules.ts'
import { Waits1811000000000 } from './1811000000000-waits.ts'
import { Webhooks1812000000000 } from './1812000000000-webhooks.ts'
import { Macros1813000000000 } from './1813000000000-macros.ts'
import { Routing1814000000000 } from './1814000000000-routing.ts'
import { Links1815000000000 } from './1815000000000-links.ts'
import { Screens1820000000000 } from './1820000000000-screens.ts'
import { Phone1821000000000 } from './1821000000000-phone.ts'
import { Reports1830000000000 } from './1830000000000-reports.ts'
import { Dashboards1831000000000 } from './1831000000000-dashboards.ts'
import { FeedbackAndMailing1832000000000 } from './1832000000000-feedback-and-mailing.ts'
import { Outlook1835000000000 } from './1835000000000-outlook.ts'

/** In order. Never edit one that was released: add the next. */
export const migrations = [
  Desk1790000000000,
  Promises1800000000000,
  Rules1810000000000,
  Waits1811000000000,
  Webhooks1812000000000,
  Macros1813000000000,
  Routing1814000000000,
  Links1815000000000,
  Screens1820000000000,
  Phone1821000000000,
  Reports1830000000000,
  Dashboards1831000000000,
  FeedbackAndMailing1832000000000,
  Outlook1835000000000,
]
