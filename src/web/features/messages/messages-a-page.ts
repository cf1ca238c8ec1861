export const MESSAGES_A_PAGE = 50;
