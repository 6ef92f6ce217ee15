import type { Rule } from "eslint";

// What this house forbids and no ready-made rule does. Each ban is a rule of its own, so that a folder can lift one
// without lifting the others (`no-restricted-syntax` would replace the whole list).

type Ban = { why: string; what: string[] };

const rule = ({ why, what }: Ban): Rule.RuleModule => ({
  meta: { type: "problem", schema: [], messages: { banned: why } },
  create: (context) =>
    Object.fromEntries(
      what.map((selector) => [selector, (node: Rule.Node) => context.report({ node, messageId: "banned" })]),
    ),
});

const call = (object: string, property: string) =>
  `CallExpression[callee.object.name="${object}"][callee.property.name="${property}"]`;

export const bans = {
  rules: {
    "no-env": rule({
      why: "Only server/config.ts reads the environment; take the setting as an argument.",
      what: [
        `MemberExpression[object.name="process"][property.name="env"]`,
        `VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]`,
        `ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name="env"]`,
      ],
    }),
    "no-raw-html": rule({
      why: "No markup from strings: render with a Lit template.",
      what: [
        `AssignmentExpression[left.property.name=/^(innerHTML|outerHTML|srcdoc)$/]`,
        `CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|parseFromString)$/]`,
        `CallExpression[callee.object.name="document"][callee.property.name=/^write(ln)?$/]`,
        `TemplateElement[value.raw=/\\.(innerHTML|outerHTML|srcdoc)\\s*=/]`,
        `ImportDeclaration[source.value=/unsafe-(html|svg|mathml)|static-html/]`,
        `ImportExpression[source.value=/unsafe-(html|svg|mathml)|static-html/]`,
      ],
    }),
    "no-clock-or-chance": rule({
      why: "A rule knows no clock and no chance: take the time or the id as an argument.",
      what: [
        call("Date", "now"),
        call("Math", "random"),
        call("performance", "now"),
        `NewExpression[callee.name="Date"][arguments.length=0]`,
        `CallExpression[callee.name=/^(randomUUID|randomBytes|getRandomValues)$/]`,
        `CallExpression[callee.property.name=/^(randomUUID|randomBytes|getRandomValues)$/]`,
      ],
    }),
    "no-await": rule({
      why: "A rule does not wait: decide and evolve are plain functions.",
      what: [
        `AwaitExpression`,
        `ForOfStatement[await=true]`,
        `:matches(FunctionDeclaration, FunctionExpression, ArrowFunctionExpression)[async=true]`,
      ],
    }),
    "no-pool-query": rule({
      why: "A pooled query has no tenant and no checked COMMIT: use the transaction wrapper.",
      what: [
        `CallExpression[callee.property.name="query"][callee.object.name=/pool$/i]`,
        `CallExpression[callee.property.name="query"][callee.object.property.name=/pool$/i]`,
      ],
    }),
    "no-langchain-load": rule({
      why: "LangChain's load() builds whatever objects the text names: parse with a schema.",
      what: [
        `ImportDeclaration[source.value=/^(@?langchain)(\\/.*)?\\/load(\\/|$)/]`,
        `ImportDeclaration[source.value=/^@?langchain/] ImportSpecifier[imported.name="load"]`,
        `ImportExpression[source.value=/^(@?langchain)(\\/.*)?\\/load(\\/|$)/]`,
      ],
    }),
    "no-accessor": rule({
      why: "Vite ships `accessor` and decorators untransformed: use static properties.",
      what: [`AccessorProperty`, `Decorator`],
    }),
  },
};
