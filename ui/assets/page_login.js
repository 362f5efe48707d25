// Whoever is no longer logged in is led to the login page with their next action, not left with a page that does nothing.
(() => {
  const ask = window.fetch.bind(window);
  window.fetch = async (...request) => {
    const answer = await ask(...request);
    if (answer.status === 401) location.assign(`/login${location.search}`);
    return answer;
  };
})();
