/** The page's whole script: it filters the cases of a suite. Its hash stands in the page's content security policy. */
export const PAGE_SCRIPT = `
for (const form of document.querySelectorAll(".filter")) {
  const cases = [...form.parentElement.querySelectorAll("details.case")].map((element) => ({
    element, state: element.dataset.state, text: element.textContent.toLowerCase() }));
  const [words, state, count] = [form.querySelector("input"), form.querySelector("select"), form.querySelector("span")];
  const show = () => {
    const wanted = words.value.toLowerCase();
    let shown = 0;
    for (const entry of cases) {
      const isShown = (state.value === "" || entry.state === state.value) && entry.text.includes(wanted);
      entry.element.hidden = !isShown;
      if (isShown) shown += 1;
    }
    count.textContent = shown + " of " + cases.length;
  };
  words.addEventListener("input", show);
  state.addEventListener("change", show);
  form.hidden = false;
  show();
}
`;
