/* Tells how many characters are left, once four fifths of a field are full. */

const FROM = 0.8;

export const watchCounters = (form) => {
  for (const counter of form.querySelectorAll("[data-counter]")) {
    const text = document.getElementById(counter.dataset.counter);
    const limit = Number(counter.dataset.limit);
    const count = () => {
      const length = [...text.value].length;
      counter.hidden = length < limit * FROM;
      counter.querySelector("[data-left]").textContent = (limit - length).toLocaleString();
    };
    text.addEventListener("input", count);
    count();
  }
};
